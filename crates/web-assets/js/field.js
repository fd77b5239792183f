// Everything the field face loads; it must start without a network, so there is no page-update library in it.
import * as acts from "./acts.js";
import * as begun from "./begun.js";
import * as cards from "./cards.js";
import * as carry from "./carry.js";
import * as drafts from "./drafts.js";
import * as forms from "./forms.js";
import * as known from "./known.js";
import * as leaving from "./leaving.js";
import * as live from "./live.js";
import * as photos from "./photos.js";
import * as queue from "./queue.js";
import * as room from "./room.js";
import * as scan from "./scan.js";
import * as signature from "./signature.js";
import * as sync from "./sync.js";
import * as worker from "./worker.js";

for (const behaviour of [acts, drafts, forms, photos, signature, begun, scan, cards, carry, queue, leaving, sync, live, room, known, worker]) behaviour.start();
