// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/forecast/machine_speed.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// Measurements of the first updates of a run, and their forecast, which identifies the configuration:
/// configurations with equal forecasts take equally long.
struct RunProfile {
    Cost cost = {};                 ///< of an update with all its steps, as forecast
    std::int64_t forecastPeak = 0;  ///< bytes allocated
    std::int64_t measuredPeak = 0;  ///< bytes allocated
    double updateSeconds = 0;       ///< of an update with all its steps, from medians
    double updateSecondsSpread = 0; ///< relative deviation that 90 % of the steps do not exceed

    /// Whether this is the profile of a configuration with this forecast.
    bool matches(const Cost& expected, std::int64_t expectedPeak) const {
        return cost == expected && forecastPeak == expectedPeak;
    }
};

/// The measurements on one device of this machine.
struct MachineRecord {
    std::vector<TimedCost> calibration = {};
    std::vector<RunProfile> runs = {};        ///< newest last
    std::optional<std::int64_t> context = {}; ///< bytes of the CUDA context, if measured

    /// Appends a run and drops the oldest ones above a limit.
    void add(const RunProfile& run);
    /// Fits the speed to the calibration and the runs.
    MachineSpeed speed() const;
};

/// Path of the record of a device in the user's cache folder; the file may not exist. Empty if the user has
/// no home folder.
/// @param device its name: "RTX 4070"
std::filesystem::path machineRecordPath(const std::string& device);

/// Returns an empty record if the file is missing or cannot be read.
MachineRecord readMachineRecord(const std::filesystem::path& path);

/// Creates the folder if needed. @throws Error if the file cannot be written
void writeMachineRecord(const std::filesystem::path& path, const MachineRecord& record);

/// A line of JSON, for the run folder.
std::string toJson(const RunProfile& run);

} // namespace headroom
