// Which acts of the outbox go together in one call, and in which shape.

/** How many acts one call carries. */
export const batch = 50;

/** The act as the server reads it. */
export const wire = ({ op_id, device, seq, device_time, verb, subject, base_version, fields }) => ({ op_id, device, seq, device_time, verb, subject, base_version, fields });

/** The act as somebody else sends it: its author's seal says whose it is. */
export const borne = (operation) => ({ ...wire(operation), seal: operation.seal });

/** Acts that may go now: the author's own, waiting, and not behind a held one on the same subject. */
export function sendable(operations, author) {
  const held = new Set();
  return operations.filter((operation) => operation.author === author).filter((operation) => {
    const ready = operation.state === "waiting" && !held.has(operation.subject);
    if (!ready) held.add(operation.subject);
    return ready;
  });
}

/** The first operations of one device, `most` of them. */
export function parcel(operations, most) {
  const [{ device }] = operations;
  return operations.filter((operation) => operation.device === device).slice(0, most);
}

/** One picture of an act, as the server reads it. */
export function picture(operation, photo) {
  const data = new FormData();
  data.append("op_id", operation.op_id);
  for (const name of ["field", "taken_at", "sha256"]) data.append(name, photo[name]);
  if (operation.site) data.append("site", operation.site);
  data.append("file", photo.blob, photo.blob.type === "image/png" ? "signature.png" : "photo.jpg");
  return data;
}
