// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/machine.h"

#include "core/cards/nvml.h"
#include "core/support/cache_folder.h"
#include "core/support/xdg_folder.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::string variableOr(const char* name, const char* fallback = "") {
    const char* value = std::getenv(name);
    return value == nullptr ? fallback : value;
}

bool fileExists(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

/// The free space of the disk that the folder is on, or will be on.
DiskSpace spaceFor(const char* purpose, const fs::path& folder) {
    fs::path existing = folder;
    while (existing.has_relative_path() && !fileExists(existing))
        existing = existing.parent_path();
    std::error_code error;
    const auto space = fs::space(existing, error);
    return {purpose, folder, error ? -1 : static_cast<std::int64_t>(space.available)};
}

/// What plays audio, by the sockets and devices that its libraries open.
std::string soundSystem() {
    const fs::path sockets = variableOr("XDG_RUNTIME_DIR");
    if (!variableOr("PULSE_SERVER").empty() ||
        (!sockets.empty() && (fileExists(sockets / "pulse/native") || fileExists(sockets / "pipewire-0"))))
        return "PulseAudio or PipeWire";
    std::error_code error;
    for (const auto& device : fs::directory_iterator("/dev/snd", error)) {
        const std::string name = device.path().filename().string();
        if (name.starts_with("pcm") && name.ends_with('p')) // for playback
            return "ALSA";
    }
    return "";
}

} // namespace

CpuFeatures cpuFeatures(std::string_view cpuInfo) {
    const std::size_t line = cpuInfo.find("flags");
    const std::string flags = std::string(cpuInfo.substr(0, cpuInfo.find('\n', line))) + ' ';
    const auto has = [&](const std::string& flag) {
        return line != std::string_view::npos && flags.find(' ' + flag + ' ', line) != std::string::npos;
    };
    return {.avx2 = has("avx2"), .avx512 = has("avx512f"), .amxBfloat16 = has("amx_bf16")};
}

bool hasSupportedCard() {
    return std::ranges::any_of(queryCudaDriver().cards, [](const Card& card) {
        return 10 * card.computeMajor + card.computeMinor >= requiredCapability;
    });
}

Machine inspectMachine() {
    Machine machine;
    machine.libTorch = findLibTorch();
    if (!machine.libTorch)
        machine.missingLibTorch = missingLibTorch();
    machine.driver = queryCudaDriver();
    const Nvml nvml;
    machine.driverVersion = nvml.driverVersion();
    for (const std::string& busId : machine.driver.busIds)
        machine.freeMemory.push_back(nvml.freeMemory(busId));
    machine.allocatorSettings =
        variableOr("PYTORCH_ALLOC_CONF", variableOr("PYTORCH_CUDA_ALLOC_CONF").c_str());
    std::ifstream cpuInfo("/proc/cpuinfo");
    machine.cpu = cpuFeatures(std::string(std::istreambuf_iterator<char>(cpuInfo), {}));
    machine.threads = static_cast<int>(std::thread::hardware_concurrency());
    machine.memory = MachineMemory::now();
    for (const auto& [purpose, folder] :
         {std::pair("cache", cacheFolder()),
          std::pair("runs and models", xdgFolder("XDG_DATA_HOME", ".local/share"))}) {
        if (!folder.empty())
            machine.disks.push_back(spaceFor(purpose, folder));
    }
    machine.sound = soundSystem();
    return machine;
}

} // namespace headroom
