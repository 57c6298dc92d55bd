#include "core/forecast/machine_record.h"

#include "core/support/atomic_file.h"

#include <nlohmann/json.hpp>

#include <cctype>
#include <cstdlib>
#include <fstream>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t mostRuns = 50;

/// Records of another version are as none: what is counted of work has changed since.
constexpr int version = 3;

Json toObject(const Cost& work) {
    return {{"flops", work.flops},          {"half_flops", work.bf16Flops},
            {"scanned", work.scanElements}, {"half_scanned", work.bf16ScanElements},
            {"bytes", work.bytes},          {"calls", work.calls}};
}

Cost workFrom(const Json& object) {
    return {object.at("flops"),        object.at("half_flops"), object.at("scanned"),
            object.at("half_scanned"), object.at("bytes"),      object.at("calls")};
}

Json toObject(const RunProfile& run) {
    return {{"work", toObject(run.work)},
            {"forecast_peak", run.forecastPeak},
            {"measured_peak", run.measuredPeak},
            {"update_s", run.updateSeconds},
            {"update_s_spread", run.updateSecondsSpread}};
}

RunProfile runFrom(const Json& object) {
    return {workFrom(object.at("work")), object.at("forecast_peak"), object.at("measured_peak"),
            object.at("update_s"), object.at("update_s_spread")};
}

fs::path cacheFolder() {
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && fs::path(cache).is_absolute())
        return fs::path(cache) / "headroom";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
        return fs::path(home) / ".cache" / "headroom";
    return {};
}

/// A name that any file system takes.
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
        record.calibration.push_back({workFrom(each.at("work")), each.at("seconds")});
    for (const Json& each : object.at("runs"))
        record.runs.push_back(runFrom(each));
    if (object.contains("context"))
        record.context = object.at("context").get<std::int64_t>();
    return record;
}

} // namespace

void MachineRecord::add(const RunProfile& run) {
    runs.push_back(run);
    if (runs.size() > mostRuns)
        runs.erase(runs.begin());
}

MachineSpeed MachineRecord::speed() const {
    constexpr double weightOfRuns = 4; // what is wanted is how long runs take
    std::vector<TimedCost> timed = calibration;
    for (const RunProfile& run : runs)
        timed.push_back({run.work, run.updateSeconds, weightOfRuns});
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
        object["calibration"].push_back({{"work", toObject(each.work)}, {"seconds", each.seconds}});
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
