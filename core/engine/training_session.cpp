#include "core/engine/training_session.h"

#include "core/session/training_thread.h"
#include "core/train/trainer.h"

#include <utility>

namespace headroom {

std::unique_ptr<TrainingSession> makeTrainingSession(std::function<void(const std::string& line)> onLine) {
    return std::make_unique<TrainingThread>(std::make_unique<Trainer>(std::move(onLine)));
}

} // namespace headroom
