// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/forecast/machine_record.h"
#include "core/values/forecast.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace headroom {

/// The name of a card's machine record; for the CPU it includes the number of threads.
std::string calibrationName(const Card& card);

/// The machine records (calibration and profiled runs), cached. A record is read again if its file has
/// changed. Not thread-safe.
class CalibrationStore {
public:
    /// Sets Forecast::measurements and lastError, and replaces Forecast::time by a measured one, if the
    /// record has data. Does not change other fields.
    void addTo(Forecast& forecast, const ForecastRequest& request);

private:
    struct Device {
        std::filesystem::file_time_type modified = {};
        MachineRecord record = {};
        MachineSpeed speed{{}};
    };
    const Device& device(const std::string& name);

    std::map<std::string, Device> devices_;
};

/// The card with the context size from its machine record, if the record has one.
Card withMeasuredContext(Card card);

/// Times small steps on a device for about 12 seconds and stores the result in the machine record, from which
/// step times are forecast.
/// @param device     "auto", "cpu", "cuda" or "cuda:N"
/// @param onProgress receives the completed fraction; may be empty
/// @return name of the calibrated device, see calibrationName()
/// @throws Error if there is no such device, or the record cannot be written
std::string calibrateMachine(const std::string& device,
                             const std::function<void(double share)>& onProgress = {});

} // namespace headroom
