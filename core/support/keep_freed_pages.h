#pragma once

namespace headroom {

/// Has the C library keep the pages of freed memory for the next allocation rather than give them back to the
/// system: a training step frees and takes the same hundreds of MiB again and again, and having the system
/// clear them anew each time costs more than many an operator. The price is that resident memory stays at its
/// peak until the program ends. Call it first thing in main, before there is a second thread. Without glibc
/// it does nothing.
void disableMallocTrim();

} // namespace headroom
