// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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

namespace headroom {

/// The segments of an allocator, sorted by address, as lists of their blocks.
struct AllocatorSnapshot {
    struct Block {
        std::int64_t size = 0;
        bool allocated = false;
    };
    using Segments = std::vector<std::vector<Block>>;

    static Segments take(const CachingAllocator& allocator) {
        std::vector<const MemoryBlock*> heads;
        for (const MemoryBlock& block : allocator.blocks_)
            if (block.pool != nullptr && block.mapped &&
                (block.previous == nullptr || !block.previous->mapped))
                heads.push_back(&block);
        std::sort(heads.begin(), heads.end(),
                  [](const MemoryBlock* a, const MemoryBlock* b) { return a->address < b->address; });
        Segments segments;
        for (const MemoryBlock* block : heads)
            for (segments.emplace_back(); block != nullptr && block->mapped; block = block->next)
                segments.back().push_back({.size = block->size, .allocated = block->allocated});
        return segments;
    }
};

} // namespace headroom

namespace {

using headroom::AllocatorSnapshot;

constexpr std::int64_t mib = std::int64_t{1} << 20;
constexpr std::int64_t gib = std::int64_t{1} << 30;

/// The settings that a recording was made with.
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

/// Our statistics under the names of torch.cuda.memory_stats().
json named(const AllocatorStatistics& ours) {
    return {{"allocated_bytes.all.current", ours.allocated},
            {"allocated_bytes.all.peak", ours.allocatedPeak},
            {"active_bytes.all.current", ours.allocated}, // no block is used by two streams
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

/// The segments as in torch.cuda.memory_snapshot(): size and state of each block.
json named(const AllocatorSnapshot::Segments& segments) {
    json all = json::array();
    for (const auto& segment : segments) {
        json& blocks = all.emplace_back(json::array());
        for (const auto& block : segment)
            blocks.push_back({block.size, block.allocated ? "active_allocated" : "inactive"});
    }
    return all;
}

/// The first difference of the model from the recording; empty if there is none.
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
            if (block != live.end()) { // absent if its allocation ran out of memory
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
    json ours = named(AllocatorSnapshot::take(allocator));
    json expected = scenario["final_segments"];
    std::sort(ours.begin(), ours.end()); // the driver chooses the addresses of segments
    std::sort(expected.begin(), expected.end());
    return ours == expected ? "" : "segments differ: " + ours.dump() + " instead of " + expected.dump();
}

} // namespace

class TestCachingAllocator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchesPyTorch_data() {
        QTest::addColumn<QString>("path");
        for (const auto& entry : std::filesystem::directory_iterator(recordings()))
            QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().string());
    }

    void matchesPyTorch() {
        QFETCH(QString, path);
        const std::filesystem::path file = path.toStdString();
        const auto setup = setups.find(file.filename().string());
        QVERIFY2(setup != setups.end(), "no settings for this recording");
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

    void releasesAllMemory() {
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
            QVERIFY(AllocatorSnapshot::take(allocator).empty());
        }
    }
};

HEADROOM_TEST_MAIN(TestCachingAllocator)
#include "tst_caching_allocator.moc"
