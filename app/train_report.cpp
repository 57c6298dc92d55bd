// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/train_report.h"

#include "app/display_text.h"
#include "app/print.h"
#include "app/stop_signals.h"
#include "core/support/shell_quoted.h"
#include "core/values/metric.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom::app {
namespace {

/// cSDR and uSDR, and other metrics that the configuration asks for.
std::string scoresOf(const StemScore& score) {
    std::string text;
    for (const MetricInfo& metric : allMetrics()) {
        const std::optional<double>& value = score.*metric.score;
        const bool always = metric.metric == Metric::CSdr || metric.metric == Metric::USdr;
        if (metric.metric == Metric::SiSdr || (!always && !value))
            continue;
        const char* space = *metric.unit == '\0' ? "" : " ";
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", metric.name,
                            value ? fmt::format("{:.2f}{}{}", *value, space, metric.unit) : "undefined");
    }
    return text;
}

std::string scores(const std::map<std::string, StemScore>& stems) {
    std::string text;
    for (const auto& [stem, score] : stems)
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", stem, scoresOf(score));
    return text;
}

} // namespace

void TrainReport::operator()(const TrainingEvent& event) {
    std::visit([this](const auto& e) { show(e); }, event);
}

void TrainReport::show(const Started& event) {
    runFolder_ = event.runFolder;
    totalSteps_ = event.totalSteps;
    saved_ = event.step > 0;
    line_.print(fmt::format("{} {} on {}, {:.2f} M parameters, step {} of {}",
                            event.step > 0 ? "resuming" : "training in", printable(event.runFolder),
                            event.device, static_cast<double>(event.parameters) / 1e6, event.step,
                            event.totalSteps));
}

void TrainReport::show(const StepDone& event) {
    const auto inEpoch = (event.step - 1) % stepsPerEpoch_ + 1;
    line_.show(fmt::format("epoch {}/{}  step {}/{}  loss {:.4f}  rate {:.2e}  {:.2f} samples/s  ETA {}",
                           event.epoch, epochs_, inEpoch, stepsPerEpoch_, event.loss, event.learningRate,
                           event.examplesPerSecond, formatDuration(event.etaSeconds)));
}

void TrainReport::show(const OutOfMemory& event) {
    line_.print(fmt::format("step {}: out of memory with micro-batches of {}, continuing with {}", event.step,
                            event.microBatchBefore, event.microBatchAfter));
}

void TrainReport::show(const ValidationSong& event) {
    line_.show(fmt::format("validating  {}  {}", printable(event.song), scores(event.stems)));
}

void TrainReport::show(const ValidationDone& event) {
    if (event.best)
        best_ = event;
    line_.print(fmt::format("epoch {} validated on {} song{} in {}{}  {}", event.epoch, event.songs,
                            event.songs == 1 ? "" : "s", formatDuration(event.seconds),
                            event.best ? ", the best so far:" : ":", scores(event.stems)));
}

void TrainReport::show(const AuditionSaved& event) {
    line_.print(fmt::format("epoch {}: {:.0f} s of {} to listen to in {}", event.epoch, event.seconds,
                            printable(event.song), printable(runFolder_ + "/" + event.folder)));
}

void TrainReport::show(const CheckpointSaved& /*event*/) {
    saved_ = true;
}

void TrainReport::show(const SaveFailed& event) {
    line_.print(fmt::format("cannot write the checkpoint of step {}, trying again in {}: {}", event.step,
                            formatDuration(event.retrySeconds), event.reason));
}

void TrainReport::show(const NonFinite& event) {
    constexpr std::size_t maxShown = 8;
    std::string songs;
    for (std::size_t i = 0; i < std::min(maxShown, event.examples.size()); ++i)
        songs += "\n    " + printable(event.examples[i]);
    if (event.examples.size() > maxShown)
        songs += fmt::format("\n    and {} more, listed in the journal", event.examples.size() - maxShown);
    line_.print(fmt::format("step {}: loss or gradient is not finite, update skipped ({} so far):{}",
                            event.step, event.count, songs));
}

void TrainReport::show(const OptionChanged& event) {
    line_.print(fmt::format("from step {}: {} changed from {} to {}", event.step, event.key, event.before,
                            event.after));
}

void TrainReport::show(const Paused& event) {
    line_.print(fmt::format("paused after step {}", event.step));
}

void TrainReport::show(const Resumed& event) {
    line_.print(fmt::format("resumed after step {}", event.step));
}

void TrainReport::show(const Notice& event) {
    line_.print("note: " + event.text);
}

void TrainReport::show(const Finished& event) {
    exitCode_ = 0;
    line_.print(fmt::format("done: {} steps", event.step));
}

void TrainReport::show(const Stopped& event) {
    exitCode_ = event.unsaved.empty() ? stoppedExitCode : 1;
    line_.print(fmt::format("stopped after step {}", event.step));
    if (!event.unsaved.empty()) {
        line_.finish();
        printError("headroom: not saved: {}\n", event.unsaved);
    }
}

void TrainReport::show(const Failed& event) {
    exitCode_ = event.category == "input" ? 2 : 1;
    line_.finish();
    const std::string rank = place_.isAlone() ? std::string() : fmt::format("rank {}: ", place_.rank);
    printError("headroom: {}{}{}{}\n", rank, event.message, event.remedy.empty() ? "" : ". ", event.remedy);
}

void TrainReport::summarize() {
    line_.finish();
    if (silent_ || runFolder_.empty())
        return;
    print("run: {}\n", printable(runFolder_));
    if (best_)
        print("best validation: epoch {}, {}\n", best_->epoch, scores(best_->stems));
    if (saved_) {
        print("listen: headroom separate SONG --run {} -o stems\n", shellQuoted(runFolder_));
        if (exitCode_ != 0)
            print("resume: headroom train --run {} --resume\n", shellQuoted(runFolder_));
    }
}

} // namespace headroom::app
