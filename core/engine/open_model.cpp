#include "core/engine/open_model.h"

#include "core/config/config_check.h"
#include "core/model/compute_device.h"
#include "core/separate/load_model.h"
#include "core/separate/model_chunk.h"
#include "core/support/error.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_store.h"

#include <fmt/format.h>

#include <utility>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> weightsOfRun(const fs::path& run, std::optional<std::int64_t> wanted) {
    if (!fs::is_directory(run))
        throw Error(ErrorKind::Input, "there is no such run folder", run.string());
    const CheckpointStore store(run / "checkpoints");
    if (wanted) {
        if (!store.contains(*wanted))
            throw Error(ErrorKind::Input,
                        fmt::format("the run has no checkpoint of step {} any more", *wanted), run.string(),
                        "Choose another of its checkpoints.");
        return {store.path(*wanted) / weightsFileName};
    }
    const std::optional<std::int64_t> best = store.best();
    std::vector<fs::path> files;
    if (best)
        files.push_back(store.path(*best) / weightsFileName);
    for (std::int64_t step : store.steps()) {
        if (step != best)
            files.push_back(store.path(step) / weightsFileName);
    }
    if (files.empty())
        throw Error(ErrorKind::Input, "the run has no checkpoint yet", run.string());
    return files;
}

std::vector<fs::path> candidates(const ModelSource& source) {
    if (source.weights.empty() == source.run.empty())
        throw Error(ErrorKind::Input, "either weights or a run must be named", {},
                    "Use --weights FILE or --run DIR.");
    return source.run.empty() ? std::vector<fs::path>{source.weights} : weightsOfRun(source.run, source.step);
}

} // namespace

OpenModel openModel(const ModelSource& source, const std::stop_token& stop) {
    const auto [device, deviceNotice] = computeDevice(source.device);
    std::optional<RunConfig> config;
    if (!source.config.empty())
        config = loadCheckedConfig(source.config);

    OpenModel open;
    open.device = deviceName(device);
    if (!deviceNotice.empty())
        open.notices.push_back(deviceNotice);
    const std::vector<fs::path> files = candidates(source);
    LoadedModel loaded;
    for (std::size_t i = 0; !loaded.model; ++i) {
        try {
            loaded = loadModel(files[i], config, device);
            open.file = files[i];
        } catch (const Error& error) {
            if (i + 1 == files.size())
                throw;
            open.notices.push_back(fmt::format("{} Using {} instead.", error.message(),
                                               files[i + 1].parent_path().filename().string()));
        }
    }
    SeparationConfig& separation = loaded.config.separation;
    separation.overlap = source.overlap.value_or(separation.overlap);
    separation.chunkSeconds = source.chunkSeconds.value_or(separation.chunkSeconds);
    open.chunks = chunkModel(loaded.config);
    loaded.model->setLayerObserver([stop] {
        if (stop.stop_requested())
            throw SeparationStopped();
    });
    open.loaded = std::make_shared<const LoadedModel>(std::move(loaded));
    open.chunks.separate = [model = open.loaded->model.get()](const AudioBuffer& chunk) {
        return separateChunk(*model, chunk);
    };
    return open;
}

} // namespace headroom
