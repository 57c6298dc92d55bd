#include "core/data/inspect.h"
#include "core/demo/songs.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"

#include <filesystem>
#include <utility>

namespace headroom {
namespace {

class InspectionWorker final : public DatasetService {
public:
    void inspect(std::uint64_t number, const std::string& root,
                 std::function<void(const DatasetEvent&)> sink) override {
        worker_.post(number, [number, root, sink = std::move(sink)](const std::stop_token& stop) {
            const auto progress = [&](std::size_t done, std::size_t total) {
                sink(DatasetProgress{number, done, total});
            };
            try {
                auto report = inspectDataset(root, progress, stop);
                if (report)
                    sink(DatasetInspected{number, std::move(*report)});
            } catch (...) {
                sink(DatasetRefused{number, engineError(std::current_exception()).message()});
            }
        });
    }

    void composeDemoSongs(std::uint64_t number, const std::string& folder,
                          std::function<void(const DatasetEvent&)> sink) override {
        worker_.post(number, [number, folder, sink = std::move(sink)](const std::stop_token& stop) {
            const auto progress = [&](int done, int total) {
                sink(
                    DatasetProgress{number, static_cast<std::size_t>(done), static_cast<std::size_t>(total)});
            };
            try {
                // They appear all at once, so that where there are some they are whole.
                if (std::filesystem::exists(std::filesystem::path(folder) / "train") ||
                    writeDemoSongs(folder, {}, progress, stop))
                    sink(DemoSongsComposed{number, folder});
            } catch (...) {
                sink(DatasetRefused{number, engineError(std::current_exception()).message()});
            }
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }

private:
    JobWorker worker_;
};

} // namespace

std::unique_ptr<DatasetService> makeDatasetService() {
    return std::make_unique<InspectionWorker>();
}

} // namespace headroom
