// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/machine_findings.h"
#include "core/support/version.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Json knownOrNull(std::int64_t bytes) {
    return bytes < 0 ? Json() : Json(bytes);
}

Json libTorchJson(const Machine& machine) {
    if (!machine.libTorch)
        return {};
    return {{"version", machine.libTorch->version},
            {"folder", machine.libTorch->path.string()},
            {"cuda", machine.libTorch->hasCuda}};
}

Json driverJson(const Machine& machine) {
    if (!machine.driver.found)
        return {};
    return {{"version", machine.driverVersion},
            {"cuda", machine.driver.cudaVersion},
            {"error", machine.driver.error}};
}

Json cardsJson(const Machine& machine) {
    Json cards = Json::array();
    for (std::size_t index = 0; index < machine.driver.cards.size(); ++index) {
        const Card& card = machine.driver.cards[index];
        cards.push_back({{"device", "cuda:" + std::to_string(index)},
                         {"name", card.name},
                         {"bytes", card.capacity},
                         {"free_bytes", knownOrNull(machine.freeMemory[index].value_or(-1))},
                         {"compute_capability",
                          std::to_string(card.computeMajor) + '.' + std::to_string(card.computeMinor)}});
    }
    return cards;
}

Json disksJson(const Machine& machine) {
    Json disks = Json::array();
    for (const DiskSpace& disk : machine.disks)
        disks.push_back({{"purpose", disk.purpose},
                         {"folder", disk.folder.string()},
                         {"free_bytes", knownOrNull(disk.free)}});
    return disks;
}

Json findingsJson(const std::vector<MachineFinding>& findings) {
    Json list = Json::array();
    for (const MachineFinding& finding : findings)
        list.push_back({{"level", levelName(finding.level)},
                        {"subject", finding.subject},
                        {"text", finding.text},
                        {"remedy", finding.remedy}});
    return list;
}

} // namespace

std::string machineJson(const Machine& machine) {
    const std::vector<MachineFinding> findings = machineFindings(machine);
    const bool ok = std::ranges::none_of(findings, [](const MachineFinding& finding) {
        return finding.level == MachineFinding::Level::Problem;
    });
    const Json json = {
        {"ok", ok},
        {"headroom", version()},
        {"libtorch", libTorchJson(machine)},
        {"driver", driverJson(machine)},
        {"cards", cardsJson(machine)},
        {"allocator", machine.allocatorSettings},
        {"cpu",
         {{"threads", machine.threads},
          {"avx2", machine.cpu.avx2},
          {"avx512", machine.cpu.avx512},
          {"amx_bf16", machine.cpu.amxBfloat16}}},
        {"memory", {{"bytes", machine.memory.total}, {"free_bytes", machine.memory.available}}},
        {"disks", disksJson(machine)},
        {"sound", machine.sound},
        {"findings", findingsJson(findings)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace headroom
