// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/trainer.h"

#include "core/config/config_check.h"
#include "core/config/memory_reserve.h"
#include "core/data/activity.h"
#include "core/data/segment_source.h"
#include "core/model/compute_device.h"
#include "core/model/cuda_mixer.h"
#include "core/model/kernel_check.h"
#include "core/model/model_shape.h"
#include "core/model/trained_parameters.h"
#include "core/monitor/memory_limit.h"
#include "core/monitor/memory_sampler.h"
#include "core/session/failure.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/train/best_metric_change.h"
#include "core/train/initial_weights.h"
#include "core/train/lost_checkpoints.h"
#include "core/train/name_list.h"
#include "core/train/rank_device.h"
#include "core/train/training_run.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <system_error>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

using Notices = std::vector<std::string>;

std::optional<std::string> changesText(const std::vector<OptionDifference>& changes) {
    if (changes.empty())
        return std::nullopt;
    std::string list;
    for (const OptionDifference& change : changes)
        list += (list.empty() ? "" : ", ") + change.text();
    return "changed since the run last ran: " + list;
}

/// The newest intact checkpoint, if the run has any. Sets newer, damaged ones aside, with a notice.
std::optional<Checkpoint> newestGood(CheckpointStore& store, const RunPaths& paths, Notices& notices) {
    std::vector<std::int64_t> damaged;
    std::string reason;
    for (const std::int64_t step : store.steps()) {
        try {
            Checkpoint checkpoint = readCheckpoint(store.path(step));
            for (const std::int64_t bad : damaged)
                store.setAside(bad);
            if (damaged.empty())
                return checkpoint;
            notices.push_back(
                fmt::format("the checkpoint of step {} is damaged ({}); resuming from that of step {}",
                            damaged.front(), reason, step));
            if (const auto removed = store.removeOldDamaged(); !removed.empty())
                notices.push_back(fmt::format("removed old damaged checkpoints, all but the newest two: {}",
                                              listed(removed)));
            return checkpoint;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                throw;
            if (damaged.empty())
                reason = error.message();
            damaged.push_back(step);
        }
    }
    if (!damaged.empty())
        throw Error(ErrorKind::Failure, "no checkpoint of the run can be read: " + reason,
                    paths.root.string(),
                    "Start a new run; training.init_from can initialize it from a remaining weights file.");
    requireNoLostCheckpoints(paths);
    notices.emplace_back("the run has no checkpoint yet: it starts at step 0");
    return std::nullopt;
}

/// Marks the best checkpoint of the state, if it still exists. If that fails, the next checkpoint repeats it.
void restoreBest(CheckpointStore& store, ResumeState& state, Notices& notices) {
    if (state.best && !store.contains(state.best->step))
        state.best.reset();
    try {
        state.best ? store.markBest(state.best->step) : store.unmarkBest();
    } catch (const Error& error) {
        notices.push_back("the best checkpoint is not marked: " + error.message());
    }
}

std::optional<std::string> trainedText(const TrainStep& step) {
    const std::int64_t all = step.model().parameters().elements() + step.model().adapters().elements();
    const std::int64_t trained = step.trained().elements();
    if (trained == all)
        return std::nullopt;
    return fmt::format("training {} of {} parameters; the others are frozen", trained, all);
}

/// Sums on the CPU are split among threads, so that their rounding depends on the number of threads.
std::optional<std::string> threadsText(const PreparedRun& prepared) {
    const int threads = at::get_num_threads();
    const int before = prepared.state.threads;
    if (!prepared.device.is_cpu() || before == 0 || before == threads)
        return std::nullopt;
    return fmt::format(
        "CPU threads: {} so far, {} from now on. The result is as good, but identical bit for bit only with "
        "--threads {}",
        before, threads, before);
}

/// Restores step and state from the newest checkpoint, or initializes the weights from training.init_from.
/// @param initial those weights, if they have been read
void restore(PreparedRun& prepared, bool resume, std::optional<ModelWeights> initial, Notices& notices) {
    const RunPaths& paths = prepared.folder->paths();
    CheckpointStore store(paths.checkpoints());
    const auto checkpoint = resume ? newestGood(store, paths, notices) : std::nullopt;
    if (checkpoint) {
        prepared.step->restore(checkpoint->tensors);
        prepared.state = checkpoint->state;
        const Metric before = checkpoint->config.training.bestMetric;
        if (const Metric metric = prepared.config.training.bestMetric; metric != before)
            notices.push_back(changeBestMetric(store, prepared.state, before, metric));
        restoreBest(store, prepared.state, notices);
        if (const auto text = threadsText(prepared); text)
            notices.push_back(*text);
    } else {
        requireBaseWeights(prepared.config.training);
        if (!initial && !prepared.config.training.initFrom.empty())
            initial = readInitialWeights(prepared.config);
        if (initial) {
            prepared.step->initialize(initial->parameters);
            notices.insert(notices.end(), initial->notices.begin(), initial->notices.end());
        }
    }
    if (const auto text = trainedText(*prepared.step); text)
        notices.push_back(*text);
}

std::shared_ptr<Outage> makeOutage(const RunControl& control, const EventSink& emit) {
    return std::make_shared<Outage>(Outage::Options{
        .notify = [emit](const std::string& text) { emit(Notice{text}); }, .stop = control.stopToken()});
}

/// Searches the songs for active windows if the configuration draws segments only from these. Returns false
/// if stopped.
bool findWindows(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                 const std::stop_token& stop, const EventSink& emit) {
    if (config.data.activityWindow == 0)
        return true;
    emit(Notice{fmt::format("searching {} songs for the parts in which stems are active", songs.size())});
    Notices notices;
    const bool done = findActivity(songs, config, outage, stop, notices);
    for (const std::string& notice : notices)
        emit(Notice{notice});
    return done;
}

std::unique_ptr<Loader> makeLoader(const RunConfig& config, std::vector<Song> songs,
                                   std::shared_ptr<Outage> outage, int ranks, const EventSink& emit) {
    return std::make_unique<Loader>(
        std::make_unique<SegmentSource>(std::move(songs), config, StemReader::defaultMemoryLimit,
                                        std::move(outage)),
        LoaderOptions{config.training.numWorkers, config.training.prefetchFactor, ranks},
        [emit](const std::string& text) { emit(Notice{text}); });
}

std::string slowBfloat16(c10::Device device) {
    const Card card = cardOf(device);
    const std::string reason =
        device.is_cpu() ? "this CPU has no AMX"
                        : fmt::format("{} has compute capability {}.{}; bf16 is fast only from 8.0",
                                      card.name, card.computeMajor, card.computeMinor);
    return reason + ": training.precision bf16 saves memory, but takes more time";
}

/// Adds the notices about device, changed options and the run folder.
/// @param folder null on a rank that does not own it
void addStartNotices(const RunConfig& config, const ComputeDevice& selected, const RunFolder* folder,
                     Notices& notices) {
    if (!selected.notice.empty())
        notices.push_back(selected.notice);
    if (const auto changes = folder == nullptr ? std::nullopt : changesText(folder->changes()))
        notices.push_back(*changes);
    if (folder != nullptr && !folder->isLocked())
        notices.emplace_back(
            "this file system has no locks: make sure that no other program trains this run");
    if (config.training.precision == Precision::Bf16 && !hasFastBfloat16(selected.device))
        notices.push_back(slowBfloat16(selected.device));
    if (const std::string reason = whyOperators(config, selected.device); !reason.empty())
        notices.push_back("using LibTorch's operators, which move more memory than our kernels: " + reason);
}

/// Fine enough to plot one step, coarse enough to have no measurable cost.
constexpr std::chrono::milliseconds sampleEvery(50);

/// The request with what the ranks have agreed on.
/// @param group null for a single rank
TrainingRequest agreed(TrainingRequest request, c10::Device device, ProcessGroup* group) {
    if (group == nullptr)
        return request;
    const RankStart start = agreeOnStart(*group, request, device);
    request.runFolder = start.runFolder;
    request.resume = start.resume;
    return request;
}

/// Emits memory samples with the current phase of the run.
std::function<void(const MemoryUse&)> memoryReporter(const TrainingRun& run, EventSink emit) {
    const auto begin = std::chrono::steady_clock::now();
    return [&run, emit = std::move(emit), begin](const MemoryUse& use) {
        const char* phase = run.phase();
        if (phase == nullptr)
            return;
        const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begin;
        emit(MemorySample{since.count(), phase, use});
    };
}

} // namespace

RunEnd Trainer::run(const TrainingRequest& request, RunControl& control, const EventSink& sink) {
    sink_ = &sink;
    checkConfig(request.config);
    requireTrainable(request.config);
    if (!request.resume)
        requireBaseWeights(request.config.training);
    if (request.place.isAlone())
        return runRank(request, control, nullptr);

    ProcessGroup group(request.place, [&control] { control.requestStop(); });
    try {
        const std::stop_callback stop(control.stopToken(), [&group] { group.requestStop(); });
        const RunEnd end = runRank(request, control, &group);
        group.leave();
        return end;
    } catch (const RankLostError& error) {
        group.fail(error.what());
        throw;
    } catch (...) {
        group.fail(fmt::format("rank {} has failed: {}", request.place.rank,
                               failureOf(std::current_exception(), 0).message));
        throw;
    }
}

/// @param group null for a single rank
RunEnd Trainer::runRank(const TrainingRequest& asked, RunControl& control, ProcessGroup* group) {
    const ComputeDevice selected = rankDevice(asked.device, asked.place);
    const c10::Device device = selected.device;
    const TrainingRequest request = agreed(asked, device, group);
    const RunConfig& config = request.config;
    // The folder of a new run is created only after the data set was opened and the weights were read.
    if (request.resume)
        openFolder(request, group);
    const auto emit = [this](const TrainingEvent& event) { emitEvent(event); };
    const auto outage = makeOutage(control, emit);
    TrainingData data = openTrainingData(config, outage);
    if (group != nullptr)
        agreeOnSongs(*group, data.summary);
    std::optional<ModelWeights> initial;
    if (!request.resume) {
        if (request.place.isFirst() && !config.training.initFrom.empty())
            initial = readInitialWeights(config);
        openFolder(request, group);
    }

    prepareCudaKernels(config, config.audio.segmentLength, device,
                       [&](const std::string& text) { emit(Notice{text}); });
    Notices notices = std::move(data.notices);
    addStartNotices(config, selected, folder_ ? &*folder_ : nullptr, notices);
    PreparedRun prepared = prepare(request, device, group, data, outage);
    if (request.place.isFirst())
        restore(prepared, request.resume, std::move(initial), notices);
    if (group != nullptr) {
        group->connect(device);
        copyState(*group, prepared.state, *prepared.step);
        notices.push_back(ranksText(*group, config.training));
    }
    const MemoryLimit limit(device, memoryReserve(config));
    if (limit.problem())
        notices.push_back(*limit.problem());
    if (folder_ && !folder_->changes().empty()) // not before everything else is known to work
        folder_->writeConfig(config);
    emitStart(request, prepared, notices);
    bool isStopped = !findWindows(data.training, config, *outage, control.stopToken(), emit);
    if (group != nullptr)
        isStopped = anyRank(*group, isStopped);
    if (isStopped)
        return Stopped{prepared.state.progress.step, {}};
    prepared.loader = makeLoader(config, std::move(data.training), outage, request.place.ranks, emit);

    TrainingRun run(std::move(prepared), control, emit);
    const MemorySampler sampler(device, sampleEvery, memoryReporter(run, emit));
    run.preflight();
    return run.run();
}

/// The model and all else but the loader and the restored state.
/// @param data its validator and audition are moved
PreparedRun Trainer::prepare(const TrainingRequest& request, c10::Device device, ProcessGroup* group,
                             TrainingData& data, const std::shared_ptr<Outage>& outage) {
    const RunConfig& config = request.config;
    PreparedRun prepared{.config = config,
                         .folder = folder_ ? &*folder_ : nullptr,
                         .group = group,
                         .maxSteps = request.maxSteps,
                         .maxMinutes = request.maxMinutes,
                         .device = device,
                         .memory = MemoryMonitor(device),
                         .step = std::make_unique<TrainStep>(config, device),
                         .state = {},
                         .validator = std::make_unique<Validator>(std::move(data.validator)),
                         .audition = {},
                         .loader = {},
                         .freesWhenPaused = !device.is_cpu()};
    if (request.place.isAlone() && forecastTime_) // forecasts of several ranks do not know their network
        prepared.forecastTime = [this, name = deviceName(device)](const RunConfig& current) {
            return forecastTime_(current, name);
        };
    if (folder_ && data.audition) // on the rank that owns the run folder
        prepared.audition.emplace(folder_->paths(), std::move(*data.audition),
                                  AudioFormat{config.audio.sampleRate, config.audio.channels},
                                  config.data.targets, config.training.auditionSeconds, outage);
    return prepared;
}

void Trainer::emitStart(const TrainingRequest& request, const PreparedRun& prepared,
                        const std::vector<std::string>& notices) {
    emitEvent(Started{request.runFolder, deviceName(prepared.device),
                      prepared.step->model().parameters().elements(), prepared.state.progress.step,
                      totalSteps(request.config.training, request.maxSteps), version(), request.startedBy,
                      at::get_num_threads(),
                      request.place.isAlone() ? std::nullopt : std::optional(request.place.ranks)});
    for (const std::string& notice : notices)
        emitEvent(Notice{notice});
}

void Trainer::openFolder(const TrainingRequest& request, ProcessGroup* group) {
    if (request.place.isFirst())
        openOwnFolder(request);
    if (group != nullptr)
        anyRank(*group, false); // waits until rank 0 has the folder
    if (request.place.isFirst())
        return;
    std::error_code error; // Journal reports a folder that is missing
    fs::create_directories(request.runFolder, error);
    rankLog_.emplace(fs::path(request.runFolder) / fmt::format("rank-{}.log", request.place.rank));
}

void Trainer::openOwnFolder(const TrainingRequest& request) {
    folder_ = request.resume ? RunFolder::resume(request.runFolder, request.config)
                             : RunFolder::begin(request.runFolder, request.config);
    const auto forward = [this](const TrainingEvent& event) { (*sink_)(event); };
    recorder_.emplace(folder_->paths(), forward, onLine_);
}

void Trainer::emitEvent(const TrainingEvent& event) {
    const std::lock_guard lock(emitMutex_);
    if (recorder_) {
        recorder_->record(event);
        return;
    }
    const bool isSample = std::holds_alternative<MemorySample>(event); // only for graphs
    if (rankLog_ && !isSample) {
        try {
            rankLog_->append(toJsonLine(event, eventTimeNow()));
        } catch (const Error&) { // NOLINT(bugprone-empty-catch): the run does not depend on this log
        }
    }
    if (onLine_ && !rankLog_)
        onLine_(toJsonLine(event, eventTimeNow()));
    (*sink_)(event);
}

void Trainer::emitEnd(const TrainingEvent& end, const EventSink& sink) {
    sink_ = &sink;
    emitEvent(end);
    recorder_.reset();
    rankLog_.reset();
    folder_.reset();
    sink_ = nullptr;
}

} // namespace headroom
