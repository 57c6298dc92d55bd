#pragma once

#include "core/forecast/machine_record.h"
#include "core/values/forecast.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace headroom {

/// The name that what is measured on a card is kept under; on the CPU it has the number of threads in it.
std::string measuredName(const Card& card);

/// What was measured on this machine, as forecasts show it. Files are read again when they have changed. One
/// thread.
class CalibrationStore {
public:
    /// Sets the time, and how far off earlier forecasts of the same were. What was computed stays as it is.
    void addTo(Forecast& forecast, const ForecastRequest& request);

private:
    struct Device {
        std::filesystem::file_time_type read = {};
        MachineRecord record = {};
        MachineSpeed speed{{}};
    };
    const Device& device(const std::string& name);

    std::map<std::string, Device> devices_;
};

/// The card with its context as it was measured here, if it was.
Card withMeasuredContext(Card card);

/// Times small steps on a device for some seconds and keeps what comes of it: from then on forecasts have
/// times.
/// @param device "auto", "cpu", "cuda" or "cuda:N"
/// @param onProgress is told the share that is done; may be empty
/// @return the name of what was measured
/// @throws Error where there is no such device, or the record cannot be written
std::string calibrateMachine(const std::string& device,
                             const std::function<void(double share)>& onProgress = {});

} // namespace headroom
