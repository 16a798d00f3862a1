import {
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { uploadJar } from "./actions";
import { answer, api } from "./client";
import { ApiError } from "./errors";
import type { PipelineDocument } from "./types";

/** The one cache of server data. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A refusal stays one; only silence is worth another try.
      retry: (count, error) =>
        error instanceof ApiError && error.status === 0 && count < 3,
    },
  },
});

const at = (id: string) => ({ path: { id } });

export const keys = {
  kinds: ["kinds"],
  connectors: ["connectors"],
  functions: ["functions"],
  jars: ["jars"],
  pipelines: ["pipelines"],
  pipeline: (id: string) => ["pipelines", id],
  relations: (id: string, revision: number) => ["relations", id, revision],
  commands: (job: string) => ["commands", job],
} as const;

/** The kinds of nodes: palette, forms and checks are drawn from them. They stay the same while the server runs. */
export function useKinds() {
  return useQuery({
    queryKey: keys.kinds,
    queryFn: () => answer(api.GET("/api/v1/kinds")),
    staleTime: Infinity,
  });
}

export function useConnectors() {
  return useQuery({
    queryKey: keys.connectors,
    queryFn: () => answer(api.GET("/api/v1/connectors")),
    staleTime: Infinity,
  });
}

export function useFunctions() {
  return useQuery({
    queryKey: keys.functions,
    queryFn: () => answer(api.GET("/api/v1/functions")),
  });
}

export function useJars() {
  return useQuery({
    queryKey: keys.jars,
    queryFn: () => answer(api.GET("/api/v1/jars")),
  });
}

export function useUploadJar() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: uploadJar,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.jars });
      void cache.invalidateQueries({ queryKey: keys.functions });
    },
  });
}

export function useDeleteJar() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/v1/jars/{id}", { params: at(id) })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.jars });
      void cache.invalidateQueries({ queryKey: keys.functions });
    },
  });
}

export function usePipelines() {
  return useQuery({
    queryKey: keys.pipelines,
    queryFn: () => answer(api.GET("/api/v1/pipelines")),
  });
}

/** A saved pipeline, as it was when the page asked. The document store keeps what happens to it afterwards. */
export function usePipeline(id: string) {
  return useQuery({
    queryKey: keys.pipeline(id),
    queryFn: () =>
      answer(api.GET("/api/v1/pipelines/{id}", { params: at(id) })),
    staleTime: 0,
    gcTime: 0,
  });
}

export function useCreatePipeline() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; document?: PipelineDocument }) =>
      answer(api.POST("/api/v1/pipelines", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.pipelines }),
  });
}

export function useDeletePipeline() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE("/api/v1/pipelines/{id}", { params: at(id) })),
    onSuccess: () =>
      cache.invalidateQueries({ queryKey: keys.pipelines, exact: true }),
  });
}

/**
 * What Flink says about every node's relation at a revision. While a new revision is asked for, the data is the
 * previous revision's (isPlaceholderData). While the engine starts, the question is asked again until it is ready.
 */
export function useRelations(id: string, revision: number, ready: boolean) {
  return useQuery({
    enabled: ready,
    queryKey: keys.relations(id, revision),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/pipelines/{id}/relations", {
          params: at(id),
          signal,
        }),
      ),
    placeholderData: (previous, query) =>
      query?.queryKey[1] === id ? previous : undefined,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: (count, error) =>
      error instanceof ApiError &&
      (error.code === "engine-not-ready" || (error.status === 0 && count < 3)),
    retryDelay: 2000,
  });
}

export function useCommands(job: string, changed: string) {
  return useQuery({
    queryKey: [...keys.commands(job), changed],
    queryFn: () =>
      answer(api.GET("/api/v1/jobs/{id}/commands", { params: at(job) })),
    placeholderData: (previous, query) =>
      query?.queryKey[1] === job ? previous : undefined,
  });
}
