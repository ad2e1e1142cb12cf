// What Node imports as "softmask", so that a page that is rendered on a server first can import it
// anywhere. There is no page there for a viewer; softmask/core works everywhere.

export async function mount() {
  throw new Error("softmask: mount() needs a browser's page; in Node use softmask/core");
}
