// What pages without a log-in load: log-in, notices, anonymous reports. On a phone of the field they also send what waits there:
// unsent work does not need its author's session.
import * as acts from "./acts.js";
import * as forms from "./forms.js";
import { isUsed } from "./outbox.js";
import * as photos from "./photos.js";
import * as sync from "./sync.js";

for (const behaviour of [acts, forms, photos]) behaviour.start();
if (isUsed()) sync.start();
