// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Scheduling class of a worker thread. The GUI thread keeps the default priority.
enum class ThreadPriority {
    Training = 5,    ///< below the GUI thread; the value is the niceness
    Background = 10, ///< below training
};

/// Lowers the priority of the calling thread and of the threads that it starts afterwards. Never raises it.
/// Ignores errors.
void lowerThreadPriority(ThreadPriority priority);

} // namespace headroom
