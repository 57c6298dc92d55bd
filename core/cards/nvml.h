// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace headroom {

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

private:
    class Library;
    std::unique_ptr<Library> library_; ///< null if not available
};

} // namespace headroom
