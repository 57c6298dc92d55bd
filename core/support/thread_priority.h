#pragma once

namespace headroom {

/// How willingly a thread gives way to others: to the window, which keeps the usual priority, and among
/// themselves.
enum class GiveWay {
    ToWindow = 5,    ///< what trains
    ToTraining = 10, ///< what works in the background
};

/// Lowers the priority of the calling thread, and of those that it starts from now on: on Linux each has its
/// own. That it cannot be lowered is no reason not to work.
void lowerThreadPriority(GiveWay to);

} // namespace headroom
