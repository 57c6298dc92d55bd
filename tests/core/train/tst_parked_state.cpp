// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/parked_state.h"
#include "tests/support/small_config.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <memory>

using namespace headroom;

namespace {

at::Tensor runExample(TrainStep& step, std::int64_t number) {
    const auto generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(number));
    const at::Tensor stems = at::randn({2, 2, 1, 1100}, generator, at::TensorOptions(at::kFloat)) * 0.1;
    return step.forwardBackward(stems.sum(1), stems.narrow(1, 0, 1).contiguous(), 0.5);
}

TensorMap allOf(const TrainStep::State& state) {
    TensorMap all;
    const auto add = [&](const char* kind, const TensorMap& tensors) {
        for (const auto& [name, tensor] : tensors)
            all[std::string(kind) + "/" + name] = tensor.detach();
    };
    add("weights", state.weights);
    add("adapters", state.adapters);
    add("ema", state.ema);
    add("optimizer", state.optimizer);
    add("group", state.group);
    return all;
}

bool sameBits(const TensorMap& a, const TensorMap& b) {
    return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& item) {
               return b.contains(item.first) && at::equal(item.second, b.at(item.first));
           });
}

RunConfig configWith(OptimizerKind optimizer) {
    RunConfig config = test::smallConfig();
    config.training.emaDecay = 0.9;
    config.training.optimizer = optimizer;
    return config;
}

} // namespace

/// On the CPU, where the state goes through the same steps as on a card.
class TestParkedState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isExact_data() {
        QTest::addColumn<int>("optimizer");
        QTest::addColumn<bool>("inGroup");
        for (int optimizer = 0; optimizer < 3; ++optimizer)
            for (const bool inGroup : {false, true})
                QTest::addRow("optimizer %d, %s", optimizer, inGroup ? "in a group" : "between groups")
                    << optimizer << inGroup;
    }
    /// A step that was parked goes on as one that was not, bit for bit.
    void isExact() {
        QFETCH(int, optimizer);
        QFETCH(bool, inGroup);
        const RunConfig config = configWith(static_cast<OptimizerKind>(optimizer));
        TrainStep parked(config, at::kCPU);
        TrainStep other(config, at::kCPU);
        for (TrainStep* step : {&parked, &other}) {
            runExample(*step, 1);
            step->update(1e-2);
            if (inGroup)
                runExample(*step, 2);
        }
        {
            ParkedState state(parked);
            QVERIFY(sameBits(allOf(state.host()), allOf(other.state())));
            state.restore();
        }
        QVERIFY(sameBits(allOf(parked.state()), allOf(other.state())));
        for (TrainStep* step : {&parked, &other}) {
            runExample(*step, 3);
            step->update(1e-2);
            runExample(*step, 4);
        }
        QVERIFY(sameBits(allOf(parked.state()), allOf(other.state())));
    }

    void freesTheMemory() {
        TrainStep step(configWith(OptimizerKind::AdamW), at::kCPU);
        runExample(step, 1);
        const TensorMap live = allOf(step.state());
        QVERIFY(live.size() > 20);
        ParkedState state(step);
        for (const auto& [name, tensor] : live) {
            QVERIFY2(tensor.storage().nbytes() == 0 && tensor.storage().data() == nullptr, name.c_str());
            QVERIFY(allOf(state.host()).at(name).storage().nbytes() > 0);
        }
        state.restore();
        for (const auto& [name, tensor] : live)
            QVERIFY2(tensor.storage().nbytes() > 0, name.c_str());
    }
};

HEADROOM_TEST_MAIN(TestParkedState)
#include "tst_parked_state.moc"
