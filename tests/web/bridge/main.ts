// A page with nothing but the bridge, for tests to drive.

import { openBridge } from '../../../wasm/bridge/open.ts';

Object.assign(globalThis, { openBridge });
