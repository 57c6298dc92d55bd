#include "core/engine/training_session.h"

#include "core/session/training_thread.h"
#include "core/support/give_way.h"
#include "core/train/trainer.h"

#include <utility>

namespace headroom {
namespace {

class YieldingLoop final : public TrainingLoop {
public:
    RunEnd run(const TrainingRequest& request, RunControl& control, const EventSink& sink) override {
        giveWay(GiveWay::ToWindow);
        return trainer_.run(request, control, sink);
    }
    void sayEnd(const TrainingEvent& end, const EventSink& sink) override { trainer_.sayEnd(end, sink); }

private:
    Trainer trainer_{{}};
};

} // namespace

std::unique_ptr<TrainingSession> makeTrainingSession(std::function<void(const std::string& line)> onLine) {
    return std::make_unique<TrainingThread>(std::make_unique<Trainer>(std::move(onLine)));
}

std::unique_ptr<TrainingSession> makeYieldingTrainingSession() {
    return std::make_unique<TrainingThread>(std::make_unique<YieldingLoop>());
}

} // namespace headroom
