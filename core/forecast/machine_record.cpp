// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/machine_record.h"

#include "core/support/atomic_file.h"
#include "core/support/cache_folder.h"

#include <nlohmann/json.hpp>

#include <cctype>
#include <fstream>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t maxRuns = 50;

/// Records of other versions are ignored, because they counted costs differently.
constexpr int version = 3;

Json toObject(const Cost& cost) {
    return {{"flops", cost.flops},          {"half_flops", cost.bf16Flops},
            {"scanned", cost.scanElements}, {"half_scanned", cost.bf16ScanElements},
            {"bytes", cost.bytes},          {"calls", cost.calls}};
}

Cost costFrom(const Json& object) {
    return {object.at("flops"),        object.at("half_flops"), object.at("scanned"),
            object.at("half_scanned"), object.at("bytes"),      object.at("calls")};
}

Json toObject(const RunProfile& run) {
    return {{"work", toObject(run.cost)},
            {"forecast_peak", run.forecastPeak},
            {"measured_peak", run.measuredPeak},
            {"update_s", run.updateSeconds},
            {"update_s_spread", run.updateSecondsSpread}};
}

RunProfile runFrom(const Json& object) {
    return {costFrom(object.at("work")), object.at("forecast_peak"), object.at("measured_peak"),
            object.at("update_s"), object.at("update_s_spread")};
}

/// A file name that is valid in every file system.
std::string fileName(const std::string& device) {
    std::string name;
    for (const char c : device)
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name + ".json";
}

MachineRecord recordFrom(const Json& object) {
    MachineRecord record;
    if (object.at("version") != version)
        return record;
    for (const Json& each : object.at("calibration"))
        record.calibration.push_back({costFrom(each.at("work")), each.at("seconds")});
    for (const Json& each : object.at("runs"))
        record.runs.push_back(runFrom(each));
    if (object.contains("context"))
        record.context = object.at("context").get<std::int64_t>();
    return record;
}

} // namespace

void MachineRecord::add(const RunProfile& run) {
    runs.push_back(run);
    if (runs.size() > maxRuns)
        runs.erase(runs.begin());
}

MachineSpeed MachineRecord::speed() const {
    constexpr double weightOfRuns = 4; // the forecast is for runs
    std::vector<TimedCost> timed = calibration;
    for (const RunProfile& run : runs)
        timed.push_back({run.cost, run.updateSeconds, weightOfRuns});
    return MachineSpeed(timed);
}

fs::path machineRecordPath(const std::string& device) {
    const fs::path folder = cacheFolder();
    return folder.empty() ? folder : folder / "machines" / fileName(device);
}

MachineRecord readMachineRecord(const fs::path& path) {
    try {
        std::ifstream file(path);
        return file ? recordFrom(Json::parse(file)) : MachineRecord{};
    } catch (const Json::exception&) {
        return {};
    }
}

void writeMachineRecord(const fs::path& path, const MachineRecord& record) {
    Json object{{"version", version}, {"calibration", Json::array()}, {"runs", Json::array()}};
    for (const TimedCost& each : record.calibration)
        object["calibration"].push_back({{"work", toObject(each.cost)}, {"seconds", each.seconds}});
    for (const RunProfile& run : record.runs)
        object["runs"].push_back(toObject(run));
    if (record.context)
        object["context"] = *record.context;
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, object.dump(1) + "\n");
}

std::string toJson(const RunProfile& run) {
    return toObject(run).dump();
}

} // namespace headroom
