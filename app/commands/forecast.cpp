// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command.h"
#include "app/commands/card_options.h"
#include "app/console_table.h"
#include "app/display_text.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/time_range_text.h"
#include "core/engine/calibration_store.h"
#include "core/engine/forecast_now.h"
#include "core/engine/snapshot_files.h"
#include "core/support/atomic_file.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/output_place.h"
#include "core/values/forecast_json.h"
#include "core/view/memory_tree.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

namespace headroom::app {
namespace {

using Align = ConsoleTable::Align;

struct Arguments {
    ForecastArguments forecast;
    bool cards = false;
    bool guide = false;
    bool time = false;
    std::string snapshot;
    std::string flameGraph;
    bool overwrite = false;
};

std::string text(std::int64_t bytes) {
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

void printCards() {
    ConsoleTable table({{"card"},
                        {"memory", Align::Right},
                        {"compute", Align::Right},
                        {"SMs", Align::Right},
                        {"context (estimate)", Align::Right}});
    for (const Card& card : knownCards())
        table.addRow({card.name, text(card.capacity),
                      fmt::format("{}.{}", card.computeMajor, card.computeMinor),
                      std::to_string(card.multiprocessors),
                      fmt::format("{} - {}", text(card.contextLow), text(card.contextHigh))});
    print("{}", table.text());
    if (const std::string reason = noUsableCardHere(); !reason.empty())
        printError("headroom: training on this machine uses the CPU: {}\n", reason);
}

void printParts(const Forecast& forecast) {
    ConsoleTable table({{"at the peak"}, {"", Align::Right}});
    for (const MemoryPart part : allMemoryParts) {
        if (const std::int64_t bytes = forecast.parts[static_cast<std::size_t>(part)]; bytes > 0)
            table.addRow({memoryPartName(part), text(bytes)});
    }
    table.addRow({"allocated", text(forecast.peakAllocated)});
    print("{}", table.text());
}

void printPhases(const Forecast& forecast) {
    ConsoleTable table({{"phase of the run"}, {"allocated", Align::Right}, {"reserved", Align::Right}});
    const auto add = [&](const char* name, const PhaseForecast& phase) {
        table.addRow({name, text(phase.peakAllocated), text(phase.peakReserved)});
    };
    for (const RunPhase phase : allRunPhases)
        add(runPhaseName(phase), forecast.phase(phase));
    if (forecast.paused.peakReserved > 0)
        add("while paused", forecast.paused);
    add("separation (not in the run)", forecast.separation);
    print("{}", table.text());
}

void printLargest(const Forecast& forecast) {
    constexpr std::size_t rows = 8;
    ConsoleTable table({{"largest at the peak of a step"},
                        {"", Align::Right},
                        {"tensors", Align::Right},
                        {"shape"},
                        {"part"}});
    for (std::size_t i = 0; i < std::min(rows, forecast.largest.size()); ++i) {
        const LargeTensor& tensor = forecast.largest[i];
        table.addRow({tensor.module, text(tensor.bytes), std::to_string(tensor.count), tensor.shape,
                      memoryPartName(tensor.part)});
    }
    print("{}", table.text());
}

void printCost(const StepCost& step) {
    constexpr double giga = 1e9;
    ConsoleTable table({{"cost of an update"},
                        {"10^9 operations", Align::Right},
                        {"bytes moved", Align::Right},
                        {"operators", Align::Right}});
    const auto add = [&](const char* name, const Cost& cost) {
        table.addRow({name, fmt::format("{:.1f}", cost.allFlops() / giga),
                      text(static_cast<std::int64_t>(cost.bytes)), fmt::format("{:.0f}", cost.calls)});
    };
    add("forward", step.forward);
    add("recompute", step.recompute);
    add("backward", step.backward);
    add("update", step.update);
    add("total", step.total());
    print("{}", table.text());
}

void printTime(const Forecast& forecast, const TrainingConfig& training) {
    if (!forecast.time) {
        print("time unknown: run `headroom calibrate` on the machine that has the device\n");
        return;
    }
    const StepTime& time = *forecast.time;
    const int group = training.gradientAccumulationSteps;
    const int updates = (training.stepsPerEpoch + group - 1) / group;
    ConsoleTable table({{"training steps, " + timeSourceText(time.source)}, {"time", Align::Right}});
    table.addRow({"a step", timeText(time.step)});
    table.addRow({"an update", timeText(time.update)});
    table.addRow({fmt::format("an epoch of {} steps, {} updates", training.stepsPerEpoch, updates),
                  timeText(time.epoch)});
    table.addRow({fmt::format("the run of {} epochs", training.numEpochs), timeText(time.run)});
    print("{}", table.text());
}

void printProfiles(const Forecast& forecast) {
    if (forecast.measurements > 0)
        print("profiled here {} {}, last error {:+.2f} %\n", forecast.measurements,
              forecast.measurements == 1 ? "time" : "times", 100 * forecast.lastError);
}

void printForecast(const Forecast& forecast, const ForecastRequest& request) {
    const Card& card = request.card;
    print("{}\n{}\n\n", cardText(card), verdictText(forecast, card));
    printPhases(forecast);
    print("\n");
    printParts(forecast);
    print("\n");
    printLargest(forecast);
    print("\n");
    printCost(forecast.cost);
    print("\n");
    printTime(forecast, request.config.training);
    print("\npeak reserved memory {}; smallest sufficient capacity {}\n", text(forecast.peakReserved),
          text(forecast.minimumCapacity));
    if (card.computeMajor > 0)
        print("CUDA context {} to {}{}\n", text(card.contextLow), text(card.contextHigh),
              card.contextMeasured ? "" : " (estimated, not measured)");
    if (request.ranks > 1)
        print("one of {} ranks; the times leave out the exchange of gradients\n", request.ranks);
    if (forecast.exchangeHigh > 0)
        print("NCCL {} to {} (estimated, not measured)\n", text(forecast.exchangeLow),
              text(forecast.exchangeHigh));
    if (forecast.reserve > 0)
        print("{} stay free for other programs (memory.reserve)\n", text(forecast.reserve));
    print("checkpoints {} on disk\n", text(forecast.diskBytes));
    printProfiles(forecast);
    print("computed in {:.0f} ms\n", forecast.elapsedMs);
}

std::string claimText(GuideUnit unit, double value) {
    constexpr double giga = 1e9;
    constexpr double mega = 1e6;
    switch (unit) {
    case GuideUnit::Bytes:
        return fmt::format("{:.1f} GB", value / giga);
    case GuideUnit::Percent:
        return fmt::format("{:.0f} %", value);
    case GuideUnit::Decibel:
        return fmt::format("{:.2f} dB", value);
    case GuideUnit::Number:
        break;
    }
    return value >= mega ? fmt::format("{:.1f} M", value / mega) : fmt::format("{:.0f}", value);
}

std::string claimText(const GuideFigure& figure) {
    if (!figure.low)
        return "";
    if (!figure.high)
        return "over " + claimText(figure.unit, *figure.low);
    const std::string low = claimText(figure.unit, *figure.low);
    return figure.high == figure.low ? low : low + " to " + claimText(figure.unit, *figure.high);
}

std::string hereText(const GuideFigure& figure) {
    if (!figure.here)
        return "not measured here";
    return figure.unit == GuideUnit::Bytes ? text(static_cast<std::int64_t>(*figure.here))
                                           : claimText(figure.unit, *figure.here);
}

void printGuide(const std::vector<GuideFigure>& figures, const Card& card) {
    ConsoleTable table(
        {{"the guide for 32 GB on " + cardText(card)}, {"claim", Align::Right}, {"computed", Align::Right}});
    for (const GuideFigure& figure : figures)
        table.addRow({figure.text, claimText(figure), hereText(figure)});
    print("{}", table.text());
}

/// Times this machine, so that the forecast has step times.
void calibrate(const Card& card) {
    const std::string device = deviceOf(card);
    if (device.empty())
        throw Error(ErrorKind::Input, "only the devices of this machine can be timed", "--time",
                    "Omit the option, or choose a device of this machine, such as --card cpu.");
    ProgressLine progress;
    calibrateMachine(device, [&](double share) {
        progress.show(fmt::format("timing small training steps: {:.0f} %", 100 * share));
    });
}

/// Says what is not in the file.
void writeSnapshotFile(const Arguments& arguments, const ForecastRequest& request, const Forecast& forecast) {
    const SnapshotFileInfo written = writeForecastSnapshot(request, arguments.snapshot);
    printError("headroom: {}: {} entries of the start and the steps, {} reserved at their peak\n",
               printable(arguments.snapshot), written.entries, text(written.peakReserved));
    if (written.peakReserved < forecast.peakReserved)
        printError("headroom: the run's peak, {}, is in its {}, which the snapshot lacks\n",
                   text(forecast.peakReserved), runPhaseName(forecast.peakPhase()));
}

void writeFlameGraph(const Arguments& arguments, const Forecast& forecast) {
    const MemoryNode tree = memoryTree(forecast.tensors, forecast.peakEvent);
    writeFileAtomically(arguments.flameGraph, foldedStacks(tree));
    printError("headroom: {}: {} in {} tensors at the peak of a step\n", printable(arguments.flameGraph),
               text(tree.bytes), tree.count);
}

/// Before anything is computed.
void requireFreeOutputs(const Arguments& arguments) {
    for (const std::string& file : {arguments.snapshot, arguments.flameGraph}) {
        if (!file.empty())
            requireFree(file, arguments.overwrite);
    }
    if (arguments.snapshot.empty() || arguments.flameGraph.empty())
        return;
    const auto place = [](const std::string& file) {
        return std::filesystem::absolute(outputPlace(file).path).lexically_normal();
    };
    if (place(arguments.snapshot) == place(arguments.flameGraph))
        throw Error(ErrorKind::Input, "memory snapshot and flame graph are the same file",
                    arguments.flameGraph, "Choose another path for --flame-graph.");
}

void run(const Arguments& arguments) {
    requireFreeOutputs(arguments);
    if (arguments.cards) {
        printCards();
        return;
    }
    const ForecastRequest request = forecastRequest(arguments.forecast);
    if (arguments.guide) {
        const std::vector<GuideFigure> figures = guideNow(request.card);
        if (arguments.forecast.json)
            printJson(toJson(figures));
        else
            printGuide(figures, request.card);
        return;
    }
    Forecast forecast = forecastNow(request);
    const bool measured = forecast.time && forecast.time->source == TimeSource::Measured;
    if (arguments.time && !measured) {
        calibrate(request.card);
        forecast = forecastNow(request);
    }
    if (arguments.forecast.json)
        printJson(toJson(forecast, request.card));
    else
        printForecast(forecast, request);
    if (!arguments.snapshot.empty())
        writeSnapshotFile(arguments, request, forecast);
    if (!arguments.flameGraph.empty())
        writeFlameGraph(arguments, forecast);
}

} // namespace

void addForecastCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command = program.add_subcommand(
        "forecast", "Forecast the memory that training takes on a card, without the card");
    addForecastOptions(*command, arguments->forecast);
    CLI::Option* cards = command->add_flag("--cards", arguments->cards, "List the known cards");
    CLI::Option* guide = command->add_flag("--guide", arguments->guide,
                                           "Compare the figures of the guide for 32 GB cards with forecasts");
    command->footer(
        "Between the phases of a run, unused memory is returned to the card: the run takes what its largest "
        "phase takes.");
    command->add_flag("--time", arguments->time, "Measure step times; times this machine first if necessary");
    command
        ->add_option("--snapshot", arguments->snapshot,
                     "Write the start and the steps to this file, as a memory snapshot of PyTorch, which "
                     "pytorch.org/memory_viz opens")
        ->excludes(cards, guide);
    command
        ->add_option("--flame-graph", arguments->flameGraph,
                     "Write what is live at the peak of a step to this file, by module, as folded stacks, "
                     "which flamegraph.pl and speedscope.app open")
        ->excludes(cards, guide);
    command->add_flag("--overwrite", arguments->overwrite, "Replace these files if they exist");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
