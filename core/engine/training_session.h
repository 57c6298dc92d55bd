#pragma once

#include "core/session/training_session.h"

#include <functional>
#include <memory>
#include <string>

namespace headroom {

/// A session whose runs train on this machine, at the usual priority.
/// @param onLine takes every event as the line that the journal gets, without its newline, before the event
///               sink takes the event and on the same thread; must not throw; may be empty
std::unique_ptr<TrainingSession>
makeTrainingSession(std::function<void(const std::string& line)> onLine = {});

/// The same, whose runs give way to the window that they are watched in.
std::unique_ptr<TrainingSession> makeYieldingTrainingSession();

} // namespace headroom
