import type { NamedFile } from "../files/named-file.js";

/** A thing that the page is to open, as `loopnest studio` lists it in the head. */
interface Listed {
  readonly name: string;
  readonly files: readonly { readonly file: string; readonly path: string }[];
}

/** The files that the program was started with, a list for each; none on a plain web host. */
export async function openedAtStart(): Promise<NamedFile[][]> {
  const listed = document.querySelector<HTMLMetaElement>('meta[name="loopnest-opened"]')?.content;
  if (listed === undefined) return [];
  const list = JSON.parse(listed) as readonly Listed[];
  return Promise.all(
    list.map(({ name, files }) =>
      Promise.all(
        files.map(async ({ file, path }) => {
          const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
          return { name: file === name ? name : `${name}/${file}`, bytes };
        }),
      ),
    ),
  );
}
