// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/training_session.h"

#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

namespace headroom::app {

/// Reads requests to a run from standard input, one a line: "pause", "resume", "save", or KEY=VALUE for an
/// option that takes effect at the next step. The end of the input stops the run, since the program that
/// sends the requests has ended or has no more.
class RequestInput {
public:
    /// @param session with a run that has been started; outlives this
    explicit RequestInput(TrainingSession& session);

private:
    void read(const std::stop_token& stop);
    void take(std::string_view request);
    void changeOption(const std::string& key, const std::string& value);

    TrainingSession& session_;
    std::jthread thread_;
};

} // namespace headroom::app
