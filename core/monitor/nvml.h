#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace headroom {

/// NVIDIA's management library, which comes with the driver and is looked for while the program runs.
/// One call at a time.
class Nvml {
public:
    /// @param library to load; where it or anything in it is missing, nothing is known
    explicit Nvml(const std::string& library = "libnvidia-ml.so.1");
    ~Nvml();
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    /// Bytes that this process holds of the one device that it is on, context included. Absent where it is on
    /// none or on several, and where the driver does not tell: in most containers, on Windows' display
    /// driver.
    std::optional<std::int64_t> heldByThisProcess() const;

private:
    class Library;
    std::unique_ptr<Library> library_; ///< null where there is none
};

} // namespace headroom
