// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace headroom {

/// The summary of a run from the first bytes of its journal.
struct JournalSummary {
    RunSummary run;          ///< without folder, configuration and problem; the state is that of the journal
    std::uint64_t bytes = 0; ///< of the journal that were read, whole lines
    double stepWeights = 0;  ///< sum of the weights of the last steps
    double stepSeconds = 0;  ///< weighted sum of their times

    void add(const TimedEvent& timed);
};

/// All that the journal sets.
nlohmann::ordered_json toObject(const JournalSummary& summary);

/// The inverse. Throws nlohmann::json::exception for any other value.
JournalSummary journalSummaryFrom(const nlohmann::ordered_json& object);

} // namespace headroom
