// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"
#include "core/engine/snapshot_files.h"

#include <exception>
#include <functional>
#include <utility>

namespace headroom {
namespace {

using SnapshotSink = std::function<void(const SnapshotAnswer&)>;

class SnapshotWorker final : public SnapshotService {
public:
    void replay(std::uint64_t number, const SnapshotReplayRequest& request, SnapshotSink answer) override {
        post(number, std::move(answer), [number, request]() -> SnapshotAnswer {
            return SnapshotReplayed{number, replaySnapshot(request)};
        });
    }

    void write(std::uint64_t number, const ForecastRequest& request, const std::string& path,
               SnapshotSink answer) override {
        post(number, std::move(answer), [number, request, path]() -> SnapshotAnswer {
            return SnapshotWritten{number, writeForecastSnapshot(request, path)};
        });
    }

private:
    using Work = std::function<SnapshotAnswer()>;

    void post(std::uint64_t number, SnapshotSink answer, Work work) {
        worker_.post(number, [number, answer = std::move(answer),
                              work = std::move(work)](const std::stop_token& stop) {
            if (stop.stop_requested())
                return;
            try {
                answer(work());
            } catch (...) {
                answer(SnapshotFailed{number, engineError(std::current_exception())});
            }
        });
    }

    JobWorker worker_;
};

} // namespace

std::unique_ptr<SnapshotService> makeSnapshotService() {
    return std::make_unique<SnapshotWorker>();
}

} // namespace headroom
