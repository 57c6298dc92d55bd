// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/engine/services.h"
#include "core/session/training_loop.h"

#include <optional>

namespace headroom {

/// A run of several ranks on this machine, as the loop of a session: starts `headroom train --ranks`,
/// forwards its events, and sends it the requests. The program saves and stops on request, and also when
/// this process ends in any way.
class RankLoop final : public TrainingLoop {
public:
    explicit RankLoop(RankProgram program) : program_(std::move(program)) {}

    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override;
    void emitEnd(const TrainingEvent& end, const EventSink& sink) override;

private:
    RankProgram program_;
    std::optional<TrainingEvent> end_; ///< as the program has reported it
};

} // namespace headroom
