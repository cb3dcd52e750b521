/**
 * The configuration, as the primary hands it to a worker.
 *
 * Guarantees: all workers have the configuration that the primary was started with, also one that begins a week later, when
 * somebody is editing the file. Clients are another matter, because they are taken anew while a gateway runs: a new worker
 * reads their file as it is, and takes what the primary was started with only if that cannot be used. It holds secrets: it
 * goes from process to process, and nowhere else.
 */
import { deserialize, serialize } from 'node:v8';
import { clientsFileAt, type ClientsFile, type Config } from '../config.js';
import { readText, type Environment } from '../config/yaml-file.js';

type Plain = Omit<Config, 'clientsFile'> & { readonly file: Pick<ClientsFile, 'path' | 'text'> | null };

export function packConfig({ clientsFile = null, ...rest }: Config): string {
  const plain: Plain = {
    ...rest,
    file: clientsFile && { path: clientsFile.path, text: clientsFile.text },
  };
  return serialize(plain).toString('base64');
}

export function unpackConfig(packed: string, environment: Environment): Config {
  const { file, ...config } = deserialize(Buffer.from(packed, 'base64')) as Plain;
  if (file === null) return { ...config, clientsFile: null };
  const asStarted = clientsFileAt(file.path, config.organizations, environment, file.text);
  try {
    const text = readText(file.path);
    return { ...config, ...asStarted.parse(text), clientsFile: { ...asStarted, text } };
  } catch {
    // Told by the workers that have looked at it for longer.
    return { ...config, clientsFile: asStarted };
  }
}
