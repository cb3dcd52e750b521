/** What a processor profile says: self time by function, and by the package or folder that the function is of. */
import { tableOf } from './report.js';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

export interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time that was not idle. */
  readonly share: number;
}

export interface ProfileReport {
  readonly packages: readonly Share[];
  readonly functions: readonly Share[];
}

/** `(program)` is native code outside of any function; `(garbage collector)` is as it says. */
const IDLE = new Set(['(idle)', '(root)']);
/** The profiler itself, being started. */
const isProfiler = ({ functionName, url }: ProfileNode['callFrame']) =>
  functionName === 'dispatch' && url === '';

/** A package by its name, a part of the gateway by its folder, and Node by `node:`. */
export function groupOf(url: string, functionName: string): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'node and V8 (native)';
  if (url.startsWith('node:')) return url.startsWith('node:internal/deps/undici') ? 'node: undici' : 'node:';
  const path = url.replace(/^file:\/\//, '');
  const inside = path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length);
  const own = /\/(src|dist|test\/bench\/(?:gateway|peers))\/(?:([^/]+)\/)?[^/]*/.exec(
    path.replace(/^.*\/node_modules\/\.cache\/compiled\/[^/]+/, ''),
  );
  if (path.includes('/node_modules/') && !inside.startsWith('.cache/')) {
    const [scope = '', name = ''] = inside.split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  return own === null
    ? path
    : ['src', 'dist'].includes(own[1] ?? '')
      ? `src/${own[2] ?? ''}`
      : (own[1] ?? '');
}

function shares(times: ReadonlyMap<string, number>, total: number): Share[] {
  return [...times].map(([name, time]) => ({ name, share: time / total })).sort((a, b) => b.share - a.share);
}

export function reportOf({ nodes, samples, timeDeltas }: Profile): ProfileReport {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let total = 0;
  samples.forEach((id, at) => {
    const frame = byId.get(id)?.callFrame;
    const time = timeDeltas[at] ?? 0;
    if (frame === undefined || IDLE.has(frame.functionName) || isProfiler(frame)) return;
    const group = groupOf(frame.url, frame.functionName);
    const place =
      frame.url === '' ? '' : ` ${frame.url.split('/').slice(-2).join('/')}:${frame.lineNumber + 1}`;
    const name = `${group}  ${frame.functionName || '(anonymous)'}${place}`;
    packages.set(group, (packages.get(group) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
    total += time;
  });
  return { packages: shares(packages, total), functions: shares(functions, total) };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export function printedProfile({ packages, functions }: ProfileReport, most: number): string[] {
  return [
    ...tableOf([
      ['package', 'self'],
      ...packages.filter(({ share }) => share >= 0.005).map(({ name, share }) => [name, percent(share)]),
    ]),
    '',
    ...tableOf([
      ['function', 'self'],
      ...functions.slice(0, most).map(({ name, share }) => [name, percent(share)]),
    ]),
  ];
}
