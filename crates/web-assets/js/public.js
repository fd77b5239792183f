// What pages without a log-in load: log-in, notices, anonymous reports.
import * as acts from "./acts.js";
import * as forms from "./forms.js";
import * as photos from "./photos.js";

for (const behaviour of [acts, forms, photos]) behaviour.start();
