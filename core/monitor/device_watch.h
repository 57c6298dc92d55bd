// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/cards/nvml.h"

#include <c10/core/Device.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace headroom {

/// What may have slowed a device down, over some time. What is not reported is 0 or empty.
struct DeviceLoad {
    double others = 0;        ///< share of the device's time that other programs took, 0 to 1
    std::string busiest = {}; ///< the other program that took most of a card: "blender (process 1234)"
    double hot = 0;           ///< share of the time in which heat lowered the clocks, as the following
    double lackingPower = 0;  ///< the power supply
    double atPowerLimit = 0;  ///< the power limit
    double clock = 0;         ///< mean of the multiprocessors' clock, MHz
    int temperature = 0;      ///< highest, degrees Celsius
    double powerLimit = 0;    ///< watts
    std::int64_t retries = 0; ///< how often the allocator released its cache, because memory was short
    std::int64_t swapped = 0; ///< bytes of host memory that the machine moved to or from its disk
};

/// Watches what slows a device down: a card by its driver, and the CPU by /proc. One thread.
class DeviceWatch {
public:
    struct Sources {
        std::string nvml = "libnvidia-ml.so.1";
        std::string proc = "/proc";
        std::string busId = {}; ///< PCI address of the card; empty: that of the device
    };
    explicit DeviceWatch(c10::Device device) : DeviceWatch(device, Sources{}) {}
    DeviceWatch(c10::Device device, Sources sources);

    /// Takes a sample, in milliseconds.
    void sample();
    /// As sample(), if the last time was five seconds ago or more.
    void sampleSometimes();

    /// What was seen since the last call.
    DeviceLoad take();

private:
    using Clock = std::chrono::steady_clock;

    /// Counters of the machine that only grow.
    struct Counters {
        std::int64_t all = 0;     ///< time of all CPUs, in clock ticks, as the following
        std::int64_t busy = 0;    ///< not idle
        std::int64_t own = 0;     ///< of this process
        std::int64_t swapped = 0; ///< pages
        std::int64_t retries = 0; ///< of the device's allocator
    };
    Counters counters() const;
    void add(const CardState& state);
    std::string programText(unsigned int process) const;

    c10::Device device_;
    Sources sources_;
    std::optional<Nvml> nvml_;             ///< absent for the CPU
    int samples_ = 0;                      ///< of the card
    DeviceLoad sum_;                       ///< of them
    std::map<unsigned int, int> programs_; ///< by process: sum of its shares, percent
    Counters begin_;
    Clock::time_point last_ = Clock::time_point::min();
};

} // namespace headroom
