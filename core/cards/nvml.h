// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// What a card is doing, as its driver says. What the driver does not report is 0 or empty.
struct CardState {
    /// A program other than this one that computes or draws on the card.
    struct Program {
        unsigned int process = 0;
        int share = 0; ///< of the card's time lately, percent
    };
    std::vector<Program> others = {};
    bool isHot = false;          ///< heat lowers its clocks
    bool lacksPower = false;     ///< its power supply lowers its clocks
    bool isAtPowerLimit = false; ///< its power limit lowers its clocks, as usual under full load
    int clock = 0;               ///< of the multiprocessors, MHz
    int temperature = 0;         ///< degrees Celsius
    double power = 0;            ///< watts
    double powerLimit = 0;       ///< watts
};

/// NVML, the management library of the NVIDIA driver, loaded at run time. Not thread-safe.
class Nvml {
public:
    /// @param library to load; if it or one of its functions is missing, every query returns nothing
    explicit Nvml(const std::string& library = "libnvidia-ml.so.1");
    ~Nvml();
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    /// Device memory of this process in bytes, including its context. Absent if it uses no device or several,
    /// or if the driver does not report it, as in most containers.
    std::optional<std::int64_t> heldByThisProcess() const;

    /// The release of the driver, such as "580.65.06"; empty if it is unknown.
    std::string driverVersion() const;

    /// Device memory in bytes that no program uses. Absent if the driver does not report it.
    /// @param busId the PCI address of the card, "0000:01:00.0"
    std::optional<std::int64_t> freeMemory(const std::string& busId) const;

    /// Absent if the driver does not report the card.
    /// @param busId its PCI address
    std::optional<CardState> state(const std::string& busId) const;

private:
    class Library;
    std::unique_ptr<Library> library_; ///< null if not available
};

} // namespace headroom
