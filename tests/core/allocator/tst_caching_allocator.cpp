#include "core/allocator/caching_allocator.h"
#include "tests/support/strict_main.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <zlib.h>

using headroom::AllocatorSettings;
using headroom::AllocatorStatistics;
using headroom::CachingAllocator;
using headroom::MemoryBlock;
using nlohmann::json;

namespace {

constexpr std::int64_t mib = std::int64_t{1} << 20;
constexpr std::int64_t gib = std::int64_t{1} << 30;

/// What each file of recordings was made with.
struct Setup {
    AllocatorSettings settings = {};
    std::int64_t capacity = 80 * gib;
};
const std::map<std::string, Setup> setups = {
    {"default.json.gz", {}},
    {"expandable.json.gz", {.settings = {.expandableSegments = true}}},
    {"maxsplit.json.gz", {.settings = {.maxSplitSize = 128 * mib}}},
    {"oom3g.json.gz", {.capacity = 3 * gib}},
};

std::filesystem::path recordings() {
    if (const char* chosen = std::getenv("HEADROOM_GOLDEN_DIR"))
        if (const auto folder = std::filesystem::path(chosen) / "allocator"; std::filesystem::exists(folder))
            return folder;
    return HEADROOM_TEST_DATA "/golden/allocator";
}

json readGzip(const std::filesystem::path& path) {
    std::string text;
    std::string part(1 << 16, '\0');
    gzFile file = gzopen(path.c_str(), "rb");
    for (int count = 0; (count = gzread(file, part.data(), static_cast<unsigned>(part.size()))) > 0;)
        text.append(part, 0, static_cast<std::size_t>(count));
    gzclose(file);
    return json::parse(text);
}

/// Ours by the names that PyTorch has for them.
json named(const AllocatorStatistics& ours) {
    return {{"allocated_bytes.all.current", ours.allocated},
            {"allocated_bytes.all.peak", ours.allocatedPeak},
            {"active_bytes.all.current", ours.allocated}, // no block is used by two streams here
            {"reserved_bytes.all.current", ours.reserved},
            {"reserved_bytes.all.peak", ours.reservedPeak},
            {"requested_bytes.all.current", ours.requested},
            {"inactive_split_bytes.all.current", ours.inactiveSplitBytes},
            {"inactive_split.all.current", ours.inactiveSplitBlocks},
            {"segment.all.current", ours.segments},
            {"num_alloc_retries", ours.retries},
            {"num_ooms", ours.ooms},
            {"num_device_alloc", ours.deviceAllocations},
            {"num_device_free", ours.deviceFrees}};
}

json named(const std::vector<std::vector<CachingAllocator::Piece>>& segments) {
    json all = json::array();
    for (const auto& segment : segments) {
        json& pieces = all.emplace_back(json::array());
        for (const auto& piece : segment)
            pieces.push_back({piece.size, piece.allocated ? "active_allocated" : "inactive"});
    }
    return all;
}

/// Where the model first differs from the recording; empty where it never does.
std::string difference(const Setup& setup, const json& scenario) {
    CachingAllocator allocator(setup.settings, setup.capacity);
    std::map<int, MemoryBlock*> live;
    const json& operations = scenario["ops"];
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const json& operation = operations[i];
        json expected = scenario["stats"][i];
        bool ranOut = false;
        if (operation[0] == "e") {
            allocator.emptyCache();
        } else if (operation[0] == "f") {
            const auto block = live.find(operation[1].get<int>());
            if (block != live.end()) { // not so where its request ran out of memory
                allocator.free(block->second);
                live.erase(block);
            }
        } else {
            const int stream = operation.size() > 3 ? operation[3].get<int>() : 0;
            const auto block = allocator.allocate(operation[2].get<std::int64_t>(), stream);
            ranOut = !block.has_value();
            if (block)
                live[operation[1].get<int>()] = *block;
        }
        if (ranOut != (expected.value("err", "") == "OOM"))
            return fmt::format("operation {}, {}: out of memory: {}", i, operation.dump(), ranOut);
        expected.erase("err");
        expected.erase("msg");
        const json ours = named(allocator.statistics());
        if (ours != expected)
            return fmt::format("operation {}, {}: {}", i, operation.dump(),
                               json::diff(expected, ours).dump());
    }
    json ours = named(allocator.segments());
    json expected = scenario["final_segments"];
    std::sort(ours.begin(), ours.end()); // where a driver puts segments is its own affair
    std::sort(expected.begin(), expected.end());
    return ours == expected ? "" : "segments differ: " + ours.dump() + " instead of " + expected.dump();
}

} // namespace

class TestCachingAllocator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAsPyTorchDid_data() {
        QTest::addColumn<QString>("path");
        for (const auto& entry : std::filesystem::directory_iterator(recordings()))
            QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().string());
    }

    void answersAsPyTorchDid() {
        QFETCH(QString, path);
        const std::filesystem::path file = path.toStdString();
        const auto setup = setups.find(file.filename().string());
        QVERIFY2(setup != setups.end(), "a recording of which the test does not know the settings");
        std::size_t operations = 0;
        const json scenarios = readGzip(file);
        for (const auto& [name, scenario] : scenarios.items()) {
            const std::string difference = ::difference(setup->second, scenario);
            QVERIFY2(difference.empty(), (name + ": " + difference).c_str());
            operations += scenario["ops"].size();
        }
        fmt::print("{}: {} scenarios, {} operations\n", file.filename().string(), scenarios.size(),
                   operations);
        QVERIFY(operations > 0);
    }

    void allOfItComesBack() {
        for (const bool expandable : {false, true}) {
            CachingAllocator allocator({.expandableSegments = expandable}, gib);
            std::vector<MemoryBlock*> live;
            std::uint64_t state = 1;
            for (int i = 0; i < 20000; ++i) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                const std::uint64_t random = state >> 33U;
                if (!live.empty() && random % 2 == 0) {
                    std::swap(live[random / 2 % live.size()], live.back());
                    allocator.free(live.back());
                    live.pop_back();
                } else if (const auto block = allocator.allocate(std::int64_t{1} << random / 2 % 27,
                                                                 static_cast<int>(random % 3))) {
                    live.push_back(*block);
                }
                QVERIFY(allocator.statistics().reserved <= gib);
                QVERIFY(allocator.statistics().allocated <= allocator.statistics().reserved);
            }
            for (MemoryBlock* block : live)
                allocator.free(block);
            QCOMPARE(allocator.statistics().allocated, 0);
            QCOMPARE(allocator.statistics().requested, 0);
            QCOMPARE(allocator.statistics().inactiveSplitBlocks, 0);
            allocator.emptyCache();
            QCOMPARE(allocator.statistics().reserved, 0);
            QVERIFY(allocator.segments().empty());
        }
    }
};

HEADROOM_TEST_MAIN(TestCachingAllocator)
#include "tst_caching_allocator.moc"
