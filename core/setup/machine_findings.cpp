// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/machine_findings.h"

#include "core/support/bytes.h"

#include <fmt/format.h>

namespace headroom {
namespace {

using Level = MachineFinding::Level;

constexpr int fastBfloat16 = 8; ///< compute capability from which bf16 saves time

std::string sizeText(std::int64_t bytes) {
    return bytes < 0 ? "unknown" : formatBytes(static_cast<std::uint64_t>(bytes));
}

MachineFinding libTorchFinding(const Machine& machine) {
    if (!machine.libTorch)
        return {Level::Problem, "LibTorch", "no usable LibTorch was found", machine.missingLibTorch};
    return {Level::Good, "LibTorch",
            fmt::format("{} in {}, {}", machine.libTorch->version, machine.libTorch->path.string(),
                        machine.libTorch->hasCuda ? "for CPU and cards" : "for the CPU")};
}

MachineFinding driverFinding(const Machine& machine) {
    const CudaDriver& driver = machine.driver;
    if (driver.found && driver.error == 0 && !driver.cards.empty())
        return {Level::Good, "driver",
                fmt::format("NVIDIA {}, for CUDA up to {}.{}",
                            machine.driverVersion.empty() ? "driver" : machine.driverVersion,
                            driver.cudaVersion / 1000, driver.cudaVersion % 1000 / 10)};
    const CardProblem problem = problemWithAll(driver, requiredCudaMajor).value();
    return {Level::Note, "driver", problem.what + ": Headroom uses the CPU", problem.remedy};
}

std::string bfloat16Text(const Card& card) {
    return card.computeMajor >= fastBfloat16 ? "fast bf16"
                                             : "no fast bf16, which saves memory there but no time";
}

MachineFinding cardFinding(const Machine& machine, std::size_t index) {
    const Card& card = machine.driver.cards[index];
    MachineFinding finding{.subject = fmt::format("card cuda:{}", index)};
    finding.text = fmt::format("{}, {} of {} free, compute capability {}.{}, {}", card.name,
                               sizeText(machine.freeMemory[index].value_or(-1)), sizeText(card.capacity),
                               card.computeMajor, card.computeMinor, bfloat16Text(card));
    const auto problem = problemWith(machine.driver, requiredCudaMajor, static_cast<int>(index));
    if (problem) {
        // Nothing can be done about an old card.
        const bool isOld = 10 * card.computeMajor + card.computeMinor < requiredCapability;
        finding.level = isOld ? Level::Note : Level::Problem;
        finding.text += ". It cannot be used: " + problem->what;
        finding.remedy = problem->remedy;
    } else if (machine.libTorch && !machine.libTorch->hasCuda) {
        finding.level = Level::Problem;
        finding.text += ". It is not used: LibTorch has no libraries for cards";
        finding.remedy = "Run `headroom setup --cuda`.";
    }
    return finding;
}

MachineFinding allocatorFinding(const Machine& machine) {
    if (machine.allocatorSettings.empty())
        return {Level::Good, "allocator", "as Headroom sets it; PYTORCH_ALLOC_CONF is not set"};
    return {Level::Note, "allocator",
            "the environment sets PYTORCH_ALLOC_CONF to " + machine.allocatorSettings +
                ", which forecasts and runs take into account"};
}

MachineFinding cpuFinding(const Machine& machine) {
    std::string instructions = machine.cpu.avx512 ? "AVX-512"
                               : machine.cpu.avx2 ? "AVX2"
                                                  : "neither AVX2 nor AVX-512";
    if (machine.cpu.amxBfloat16)
        instructions += ", AMX (fast bf16)";
    return {machine.cpu.avx2 || machine.cpu.avx512 ? Level::Good : Level::Note, "CPU",
            fmt::format("{} threads, {}, {} of {} memory free", machine.threads, instructions,
                        sizeText(machine.memory.available), sizeText(machine.memory.total))};
}

MachineFinding diskFinding(const DiskSpace& disk) {
    constexpr std::int64_t scarce = std::int64_t{5} << 30;
    const bool isScarce = disk.free >= 0 && disk.free < scarce;
    return {isScarce ? Level::Note : Level::Good, "disk",
            fmt::format("{} free for {} ({})", sizeText(disk.free), disk.purpose, disk.folder.string()),
            isScarce ? "Free some space: checkpoints of a run take gigabytes." : ""};
}

MachineFinding soundFinding(const Machine& machine) {
    if (!machine.sound.empty())
        return {Level::Good, "sound", machine.sound};
    return {Level::Note, "sound",
            "there is no sound server and no sound card: the window shows songs but cannot play them"};
}

} // namespace

const char* levelName(Level level) {
    switch (level) {
    case Level::Good:
        return "ok";
    case Level::Note:
        return "note";
    case Level::Problem:
        break;
    }
    return "problem";
}

std::vector<MachineFinding> machineFindings(const Machine& machine) {
    std::vector<MachineFinding> findings = {libTorchFinding(machine), driverFinding(machine)};
    for (std::size_t index = 0; index < machine.driver.cards.size(); ++index)
        findings.push_back(cardFinding(machine, index));
    findings.push_back(allocatorFinding(machine));
    findings.push_back(cpuFinding(machine));
    for (const DiskSpace& disk : machine.disks)
        findings.push_back(diskFinding(disk));
    findings.push_back(soundFinding(machine));
    return findings;
}

} // namespace headroom
