#pragma once

#include "core/forecast/machine_speed.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The first real steps of a run, beside what was forecast of them. The forecast says which setting it was:
/// another one that is forecast the same takes the same.
struct RunProfile {
    Cost work = {};                 ///< of an update, as counted by the forecast
    std::int64_t forecastPeak = 0;  ///< bytes allocated
    std::int64_t measuredPeak = 0;  ///< bytes allocated
    double updateSeconds = 0;       ///< of an update, the median
    double updateSecondsSpread = 0; ///< relative: nine of ten steps were no further off

    bool isOf(const Cost& expected, std::int64_t expectedPeak) const {
        return work == expected && forecastPeak == expectedPeak;
    }
};

/// What was measured on one device of this machine.
struct MachineRecord {
    std::vector<TimedCost> calibration = {};
    std::vector<RunProfile> runs = {};        ///< the newest last
    std::optional<std::int64_t> context = {}; ///< bytes of the device that no tensor can have

    void add(const RunProfile& run);
    MachineSpeed speed() const;
};

/// The file of a device in the user's cache folder, which need not be there; empty where the user has none.
/// @param device by its own name: "RTX 4070"
std::filesystem::path machineRecordPath(const std::string& device);

/// An empty record where there is no file, or none that can be read: it is measured again.
MachineRecord readMachineRecord(const std::filesystem::path& path);

/// Makes the folder too. @throws Error where the disk does not take it
void writeMachineRecord(const std::filesystem::path& path, const MachineRecord& record);

/// As a line of JSON, for the folder of the run.
std::string toJson(const RunProfile& run);

} // namespace headroom
