import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { HomePage } from "../home/HomePage";
import { NotFound } from "./NotFound";
import { RouteError } from "./RouteError";
import { Shell } from "./Shell";

const root = createRootRoute({
  component: Shell,
  errorComponent: RouteError,
  notFoundComponent: NotFound,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: HomePage,
});

const pipeline = createRoute({
  getParentRoute: () => root,
  path: "/pipelines/$id",
  component: lazyRouteComponent(() => import("./PipelinePage"), "PipelinePage"),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  component: lazyRouteComponent(() => import("../jobs/JobsPage"), "JobsPage"),
});

const functions = createRoute({
  getParentRoute: () => root,
  path: "/functions",
  component: lazyRouteComponent(
    () => import("../catalog/FunctionsPage"),
    "FunctionsPage",
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([home, pipeline, jobs, functions]),
  defaultErrorComponent: RouteError,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
