#include "core/train/trainer.h"

#include "core/config/config_check.h"
#include "core/data/activity.h"
#include "core/data/chunk_source.h"
#include "core/model/compute_device.h"
#include "core/model/weights_fit.h"
#include "core/monitor/memory_sampler.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/train/lost_checkpoints.h"
#include "core/train/training_run.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

using Notices = std::vector<std::string>;

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 10;
    if (names.size() <= most)
        return fmt::format("{}", fmt::join(names, ", "));
    return fmt::format("{} and {} more", fmt::join(names.begin(), names.begin() + most, ", "),
                       names.size() - most);
}

std::optional<std::string> changesText(const std::vector<OptionDifference>& changes) {
    if (changes.empty())
        return std::nullopt;
    std::string list;
    for (const OptionDifference& change : changes)
        list += (list.empty() ? "" : ", ") + change.text();
    return "changed since the run was last going: " + list;
}

/// The newest checkpoint that is whole; damaged ones are set aside, and named.
std::optional<Checkpoint> newestGood(CheckpointStore& store, const RunPaths& paths, Notices& notices) {
    std::vector<std::int64_t> damaged;
    std::string reason;
    for (const std::int64_t step : store.steps()) {
        try {
            Checkpoint checkpoint = readCheckpoint(store.path(step));
            for (const std::int64_t bad : damaged)
                store.setAside(bad);
            if (!damaged.empty())
                notices.push_back(
                    fmt::format("the checkpoint of step {} is damaged ({}); going back to that of step {}",
                                damaged.front(), reason, step));
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
                    "Begin a new run; training.init_from can start it from any weights that are left.");
    requireNoneLost(paths);
    notices.emplace_back("the run has no checkpoint yet: it starts at step 0");
    return std::nullopt;
}

/// The best checkpoint as the state knows it, if it is still there; the mark follows it. A mark that cannot
/// be made is made with the next checkpoint.
void restoreBest(CheckpointStore& store, ResumeState& state, Notices& notices) {
    if (state.best && !store.contains(state.best->step))
        state.best.reset();
    try {
        state.best ? store.markBest(state.best->step) : store.unmarkBest();
    } catch (const Error& error) {
        notices.push_back("the best checkpoint is not marked: " + error.message());
    }
}

/// Weights that `import --partial` wrote may lack parameters; others must be the whole model.
void startFromWeights(TrainStep& step, const std::string& path, Notices& notices) {
    const Safetensors file = readSafetensors(path);
    if (file.metadata.contains(partialWeightsKey))
        requireBsMamba2(file.tensors, path);
    else
        requireFit(file.tensors, step.model().shape(), path,
                   "Set the model's sizes as in those weights, or write a file of what fits with `headroom "
                   "import --partial`.");
    const LoadReport report = step.initialize(file.tensors);
    if (report.fitting.empty())
        throw Error(ErrorKind::Input, "no tensor of the file fits the model", path,
                    "Check training.init_from and the model's sizes.");
    if (!report.missing.empty())
        notices.push_back(fmt::format("{} tensors keep their initial values, not being in {}: {}",
                                      report.missing.size(), path, listed(report.missing)));
    if (!report.wrongShape.empty())
        notices.push_back(fmt::format("{} tensors keep their initial values, having another shape in {}: {}",
                                      report.wrongShape.size(), path, listed(report.wrongShape)));
    if (!report.unexpected.empty())
        notices.push_back(fmt::format("{} tensors of {} are not used: {}", report.unexpected.size(), path,
                                      listed(report.unexpected)));
}

/// Sums on the CPU are split among the threads, so that their last bits depend on how many there are.
std::optional<std::string> threadsText(const PreparedRun& prepared) {
    const int threads = at::get_num_threads();
    const int before = prepared.state.threads;
    if (!prepared.device.is_cpu() || before == 0 || before == threads)
        return std::nullopt;
    return fmt::format(
        "CPU threads: {} so far, {} from now on. The result is as good, but equal to the bit only with "
        "--threads {}",
        before, threads, before);
}

/// The step and the state that the run goes on from.
void restore(PreparedRun& prepared, bool resume, Notices& notices) {
    const std::string& initFrom = prepared.config.training.initFrom;
    const RunPaths& paths = prepared.folder->paths();
    CheckpointStore store(paths.checkpoints());
    const auto checkpoint = resume ? newestGood(store, paths, notices) : std::nullopt;
    if (checkpoint) {
        prepared.step->restore(checkpoint->tensors);
        prepared.state = checkpoint->state;
        restoreBest(store, prepared.state, notices);
        if (const auto text = threadsText(prepared); text)
            notices.push_back(*text);
    } else if (!initFrom.empty()) {
        startFromWeights(*prepared.step, initFrom, notices);
    }
}

std::shared_ptr<Outage> makeOutage(const RunControl& control, const EventSink& emit) {
    return std::make_shared<Outage>(Outage::Settings{
        .notify = [emit](const std::string& text) { emit(Notice{text}); }, .stop = control.stopToken()});
}

/// Looks for the windows that segments are drawn from, where the configuration wants it. False when stopped.
bool findWindows(std::vector<Song>& songs, const RunConfig& config, Outage& outage,
                 const std::stop_token& stop, const EventSink& emit) {
    if (config.data.activityWindow == 0)
        return true;
    emit(Notice{
        fmt::format("looking for the windows in which stems sound: {} songs are read once", songs.size())});
    Notices notices;
    const bool done = findActivity(songs, config, outage, stop, notices);
    for (const std::string& notice : notices)
        emit(Notice{notice});
    return done;
}

std::unique_ptr<Loader> makeLoader(const RunConfig& config, std::vector<Song> songs,
                                   std::shared_ptr<Outage> outage, const EventSink& emit) {
    return std::make_unique<Loader>(
        std::make_unique<ChunkSource>(std::move(songs), config, StemReader::defaultMemoryLimit,
                                      std::move(outage)),
        LoaderSettings{config.training.numWorkers, config.training.prefetchFactor},
        [emit](const std::string& text) { emit(Notice{text}); });
}

std::string slowBfloat16(c10::Device device) {
    const Card card = cardOf(device);
    const std::string reason =
        device.is_cpu() ? "this CPU does not multiply bfloat16 tiles (AMX)"
                        : fmt::format("{} has compute capability {}.{}, and bf16 is fast from 8.0 on",
                                      card.name, card.computeMajor, card.computeMinor);
    return reason + ": training.precision bf16 needs less memory here, but more time";
}

/// Often enough for a graph of a single step, seldom enough to cost none of it.
constexpr std::chrono::milliseconds sampleEvery(50);

/// Says each sample of the memory with what the run was doing.
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

RunEnd Trainer::run(const TrainingRequest& request, RunControl& control, const EventSink& emit) {
    listener_ = &emit;
    const RunConfig& config = request.config;
    checkConfig(config);
    const auto [device, deviceNotice] = computeDevice(request.device);
    // The folder of a new run is made once it is clear that there is something to train on.
    if (request.resume)
        takeFolder(request);
    const auto sayIt = [this](const TrainingEvent& event) { emit(event); };
    const auto outage = makeOutage(control, sayIt);
    TrainingData data = openTrainingData(config, outage);
    if (!request.resume)
        takeFolder(request);

    Notices notices = std::move(data.notices);
    if (!deviceNotice.empty())
        notices.push_back(deviceNotice);
    if (const auto changes = changesText(folder_->changes()))
        notices.push_back(*changes);
    if (!folder_->isLocked())
        notices.emplace_back(
            "this file system has no locks: see to it that no other program trains this run");
    if (config.training.precision == Precision::Bf16 && !hasFastBfloat16(device))
        notices.push_back(slowBfloat16(device));
    PreparedRun prepared{.config = config,
                         .folder = &*folder_,
                         .maxSteps = request.maxSteps,
                         .maxMinutes = request.maxMinutes,
                         .device = device,
                         .memory = MemoryMonitor(device),
                         .step = std::make_unique<TrainStep>(config, device),
                         .state = {},
                         .validator = std::make_unique<Validator>(std::move(data.validator)),
                         .loader = {}};
    restore(prepared, request.resume, notices);
    emit(Started{folder_->paths().root.string(), deviceName(device),
                 prepared.step->model().parameters().elements(), prepared.state.progress.step,
                 totalSteps(config.training, request.maxSteps), version(), request.startedBy,
                 at::get_num_threads()});
    for (const std::string& notice : notices)
        emit(Notice{notice});
    if (!findWindows(data.training, config, *outage, control.stopToken(), sayIt))
        return Stopped{prepared.state.progress.step, {}};
    prepared.loader = makeLoader(config, std::move(data.training), outage, sayIt);

    TrainingRun run(std::move(prepared), control, sayIt);
    const MemorySampler sampler(device, sampleEvery, memoryReporter(run, sayIt));
    run.rehearse();
    return run.run();
}

void Trainer::takeFolder(const TrainingRequest& request) {
    folder_ = request.resume ? RunFolder::resume(request.runFolder, request.config)
                             : RunFolder::begin(request.runFolder, request.config);
    const auto passOn = [this](const TrainingEvent& event) { (*listener_)(event); };
    recorder_.emplace(folder_->paths(), passOn, onLine_);
}

void Trainer::emit(const TrainingEvent& event) {
    const std::lock_guard lock(saying_);
    if (recorder_) {
        recorder_->record(event);
        return;
    }
    if (onLine_)
        onLine_(toJsonLine(event, eventTimeNow()));
    (*listener_)(event);
}

void Trainer::emitEnd(const TrainingEvent& end, const EventSink& emit) {
    listener_ = &emit;
    emit(end);
    recorder_.reset();
    folder_.reset();
    listener_ = nullptr;
}

} // namespace headroom
