#pragma once

namespace headroom {

/// Has the threads that LibTorch computes on (OpenMP's) fall asleep soon where they wait for each other. As
/// they come, they spin for milliseconds, and as soon as other programs want the processors too, what they
/// spin on is taken from the very thread that they wait for. Their library reads how to wait when it is
/// loaded: so the program is started again, once, unless the environment says how (OMP_WAIT_POLICY or
/// GOMP_SPINCOUNT). Call it first thing in main, before there is a second thread. Elsewhere than on Linux it
/// does nothing.
/// @param arguments of main, ended by a null pointer
void limitOpenMpSpin(char** arguments);

} // namespace headroom
