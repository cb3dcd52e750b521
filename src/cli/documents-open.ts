/** What all commands about documents begin with: the configuration, and everything that is registered. */
import { readAll } from '../admission/documents/folder.js';
import type { Manifest } from '../admission/documents/manifest.js';
import { DocumentsError } from '../admission/documents/problem.js';
import { loadConfig, type Config } from '../config.js';

export interface Options {
  readonly config: string;
}

export function openConfig(file: string): { readonly folder: string; readonly config: Config } {
  const config = loadConfig(file, process.env);
  if (config.documents === undefined) throw new Error('a configuration was loaded without its documents');
  return { folder: config.documents.path, config };
}

/** Throws DocumentsError if the folder cannot be used. */
export async function manifestsIn(folder: string): Promise<readonly Manifest[]> {
  const { manifests, problems } = await readAll(folder);
  if (problems.length > 0) throw new DocumentsError(problems);
  return manifests;
}

/** `client`: only this one's. */
export async function documentsIn(options: Options & { readonly client?: string }) {
  const { folder, config } = openConfig(options.config);
  const manifests = (await manifestsIn(folder)).filter(
    ({ client }) => options.client === undefined || client === options.client,
  );
  return { folder, config, manifests };
}
