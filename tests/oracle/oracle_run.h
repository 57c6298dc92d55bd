// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/values/forecast.h"
#include "tests/support/tiny_dataset.h"

#include <QStringList>
#include <QTemporaryDir>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace headroom::test {

/// A configuration on a card.
struct RunSetting {
    RunConfig config;
    Card card; ///< without a context: the fake runtime has none
    AllocatorSettings allocator = {};

    Forecast forecast() const;
};

/// How `headroom train` ended on a fake card, and the memory that it reported.
struct RunOutcome {
    int exitCode = -1;
    std::string err;
    std::array<PhaseForecast, runPhases> phases = {}; ///< measured, by RunPhase
    PhaseForecast whole = {};                         ///< by the trace of the allocator
    std::int64_t steps = 0;
    int shortages = 0;            ///< number of out_of_memory events
    std::string failure = {};     ///< category of the failure that ended the run, if one did
    std::string allocations = {}; ///< the trace, see fake_trace.cpp

    /// Whether the device had enough memory.
    bool completed() const { return exitCode == 0 && shortages == 0; }
    /// Whether it had not, and the run continued with smaller micro-batches or ended with the error for it.
    bool survivedShortage() const;
};

/// Runs the program with LibTorch's real CUDA code on fake cards, as a user starts it.
class OracleRuns {
public:
    OracleRuns();

    /// A random configuration and card: a model up to the size of the paper, two epochs of three steps,
    /// validation and checkpoint after each.
    RunSetting draw(std::uint64_t seed) const;

    /// `headroom train`, six steps.
    RunOutcome train(const RunSetting& setting, std::int64_t capacity) const;

    /// `headroom separate` with the weights of the last run of train(), which must have been saved.
    RunOutcome separate(const RunSetting& setting, std::int64_t capacity) const;

private:
    RunOutcome start(const RunSetting& setting, std::int64_t capacity, const QStringList& arguments) const;
    QString path(const char* name) const { return folder_.filePath(QString::fromUtf8(name)); }

    TinyDataset songs_;
    QTemporaryDir folder_;
};

} // namespace headroom::test
