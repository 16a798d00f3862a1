import "./ui/theme.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queries";
import { resumePreviews } from "./live/previews";
import { startLive } from "./live/store";
import { router } from "./shell/router";
import { UiProvider } from "./ui/UiProvider";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

startLive(() => void resumePreviews());
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UiProvider>
        <RouterProvider router={router} />
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
);
