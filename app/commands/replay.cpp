// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/commands/card_options.h"
#include "app/console_table.h"
#include "app/display_text.h"
#include "app/print.h"
#include "core/engine/snapshot_files.h"
#include "core/support/atomic_file.h"
#include "core/support/bytes.h"
#include "core/support/output_place.h"
#include "core/view/memory_tree.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace headroom::app {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
    ForecastArguments card;
    std::string file;
    std::string flameGraph;
    bool overwrite = false;
    std::optional<int> device; ///< of the recording
};

SnapshotReplayRequest requestOf(const Arguments& arguments) {
    SnapshotReplayRequest request{.file = arguments.file,
                                  .card = chosenCard(arguments.card),
                                  .others = arguments.card.others,
                                  .device = arguments.device};
    if (arguments.card.expandableSegments || arguments.card.maxSplitSize > 0)
        request.allocator = chosenAllocator(arguments.card, {});
    return request;
}

std::string text(std::int64_t bytes) {
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

std::string confText(const AllocatorSettings& settings) {
    const std::string conf = allocatorConfText(settings);
    return conf.empty() ? "default" : conf;
}

const char* verdictWords(const SettingsReplay& replay, const Card& card) {
    if (replay.verdict == Verdict::DoesNotFit)
        return "does not fit";
    if (replay.verdict == Verdict::Fits)
        return "fits";
    return replay.deviceTotal > card.capacity ? "fits only by releasing cached memory" : "fits, but tightly";
}

/// With the shown settings, at the peak of allocated memory.
const TimelinePoint& pointAtPeak(const SnapshotReplay& replay) {
    return *std::ranges::max_element(replay.timeline, {}, &TimelinePoint::allocated);
}

std::string replayJson(const SnapshotReplay& replay, const Card& card) {
    Json json = {{"card", card.name},
                 {"capacity", card.capacity},
                 {"device", replay.device},
                 {"entries", replay.entries},
                 {"older_blocks", replay.older},
                 {"recorded_requested", replay.recordedRequested},
                 {"recorded_reserved", replay.recordedReserved},
                 {"notices", replay.notices}};
    json["settings"] = Json::array();
    for (const SettingsReplay& each : replay.settings)
        json["settings"].push_back({{"PYTORCH_ALLOC_CONF", allocatorConfText(each.settings)},
                                    {"peak_allocated", each.peakAllocated},
                                    {"peak_reserved", each.peakReserved},
                                    {"device_total", each.deviceTotal},
                                    {"verdict", verdictName(each.verdict)}});
    if (!replay.timeline.empty()) {
        const TimelinePoint& peak = pointAtPeak(replay);
        json["free_at_peak"] = {{"PYTORCH_ALLOC_CONF", allocatorConfText(replay.shown().settings)},
                                {"bytes", peak.reserved - peak.allocated()},
                                {"blocks", peak.free.blocks},
                                {"largest", peak.free.largest}};
    }
    json["best"] = replay.best ? Json(allocatorConfText(replay.settings[*replay.best].settings)) : Json();
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void printFragmentation(const SnapshotReplay& replay) {
    const TimelinePoint& peak = pointAtPeak(replay);
    const std::string conf = confText(replay.shown().settings);
    if (peak.free.blocks == 0)
        print("{}: at the peak, nothing is cached but unused\n", conf);
    else
        print("{}: at the peak, {} are cached but unused, in {} free {}, the largest {}\n", conf,
              text(peak.reserved - peak.allocated()), peak.free.blocks,
              peak.free.blocks == 1 ? "block" : "blocks", text(peak.free.largest));
}

void printReplay(const SnapshotReplay& replay, const Card& card) {
    print("device {} of the recording: {} {}, {} requested at the peak", replay.device, replay.entries,
          replay.entries == 1 ? "entry" : "entries", text(replay.recordedRequested));
    if (replay.recordedReserved > 0)
        print(", {} reserved", text(replay.recordedReserved));
    print("\n");
    for (const std::string& notice : replay.notices)
        print("  {}\n", notice);
    using Align = ConsoleTable::Align;
    ConsoleTable table({{cardText(card)},
                        {"allocated", Align::Right},
                        {"reserved", Align::Right},
                        {"with context", Align::Right},
                        {"verdict"}});
    for (const SettingsReplay& each : replay.settings)
        table.addRow({confText(each.settings), text(each.peakAllocated), text(each.peakReserved),
                      text(each.deviceTotal), verdictWords(each, card)});
    print("\n{}\n", table.text());
    if (!replay.timeline.empty())
        printFragmentation(replay);
    if (!replay.best)
        print("The program does not fit this card.\n");
    else if (const std::string conf = allocatorConfText(replay.settings[*replay.best].settings); conf.empty())
        print("The program fits without settings of the allocator.\n");
    else
        print("The program fits with PYTORCH_ALLOC_CONF={}\n", conf);
}

void writeFlameGraph(const Arguments& arguments, const SnapshotReplay& replay) {
    const MemoryNode tree = memoryTree(replay.tensors, replay.peakEvent);
    writeFileAtomically(arguments.flameGraph, foldedStacks(tree));
    printError("headroom: {}: {} in {} blocks at the peak\n", printable(arguments.flameGraph),
               text(tree.bytes), tree.count);
}

void run(const Arguments& arguments, Context& context) {
    if (!arguments.flameGraph.empty()) {
        requireFree(arguments.flameGraph, arguments.overwrite);
        requireOtherFile(arguments.flameGraph, arguments.file);
    }
    const SnapshotReplayRequest request = requestOf(arguments);
    const SnapshotReplay replay = replaySnapshot(request);
    if (!arguments.flameGraph.empty())
        writeFlameGraph(arguments, replay);
    if (arguments.card.json)
        printJson(replayJson(replay, request.card));
    else
        printReplay(replay, request.card);
    context.exitCode = replay.best ? 0 : 1;
}

} // namespace

void addReplayCommand(CLI::App& program, Context& context) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "replay", "Check whether a PyTorch program fits a card, from a memory snapshot of it");
    command
        ->add_option("snapshot", arguments->file,
                     "File of torch.cuda.memory._dump_snapshot(), after _record_memory_history()")
        ->required();
    addCardOptions(*command, arguments->card);
    command->add_option("--trace", arguments->device,
                        "Device of the recording; default: the one with the longest trace");
    command->add_option("--flame-graph", arguments->flameGraph,
                        "Write what is live at the peak to this file, by call, as folded stacks, which "
                        "flamegraph.pl and speedscope.app open");
    command->add_flag("--overwrite", arguments->overwrite, "Replace that file if it exists");
    command->footer(
        "The allocations are replayed on a model of PyTorch 2.11's allocator, with the default and "
        "common settings, or those given. Kernels take what they took in the recording: another "
        "card may choose others. Exit code: 0 if the program fits, 1 if not.");
    command->callback([arguments, &context] { run(*arguments, context); });
}

} // namespace headroom::app
