// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cuda/many_tensors.h"
#include "tests/core/kernels/cuda/token_checks.h"
#include "tests/support/strict_main.h"

using namespace headroom;
using namespace headroom::test;

/// CUDA kernels on many tensors at once, emulated, against LibTorch.
class TestManyTensors : public QObject {
    Q_OBJECT

    /// With more than a block, less than a warp, an empty one, one that is not aligned and a transposed one.
    static std::vector<at::Tensor> randomTensors() {
        return {at::randn({3, 7}),      at::randn({2 * TensorTable::numbersPerBlock + 5}),
                at::randn({0}),         at::randn({101}).narrow(0, 1, 100),
                at::randn({1}),         at::randn({TensorTable::numbersPerBlock}),
                at::randn({30, 40}).t()};
    }

    static std::vector<at::Tensor> copies(const std::vector<at::Tensor>& tensors) {
        std::vector<at::Tensor> all;
        for (const at::Tensor& tensor : tensors)
            all.push_back(tensor.clone());
        return all;
    }

private Q_SLOTS:
    void init() { at::manual_seed(1); }

    /// Up to the rounding of one fused multiplication.
    void averages_data() {
        QTest::addColumn<double>("share");
        QTest::newRow("small") << 0.001;
        QTest::newRow("half") << 0.5;
        QTest::newRow("large") << 0.9;
    }
    void averages() {
        QFETCH(const double, share);
        for (const auto order : allOrders) {
            const EmulatedKernels kernels(order);
            const std::vector<at::Tensor> averages = randomTensors();
            const std::vector<at::Tensor> values = randomTensors();
            const std::vector<at::Tensor> before = copies(averages);
            averageTensors(TensorTable({averages, values}), at::zeros({}), share);
            for (std::size_t i = 0; i < averages.size(); ++i)
                QVERIFY(at::allclose(averages[i], at::lerp(before[i], values[i], share), 2e-7, 2e-7));
        }
    }

    void keepsAveragesIfSkipped() {
        const EmulatedKernels kernels(EmulatedBlock::Order::Forward);
        const std::vector<at::Tensor> averages = randomTensors();
        const std::vector<at::Tensor> before = copies(averages);
        averageTensors(TensorTable({averages, randomTensors()}), at::ones({}), 0.1);
        for (std::size_t i = 0; i < averages.size(); ++i)
            QVERIFY(averages[i].equal(before[i]));
    }

    void computesNorm() {
        const std::vector<at::Tensor> tensors = randomTensors();
        double squares = 0;
        for (const at::Tensor& tensor : tensors)
            squares += tensor.to(at::kDouble).square().sum().item<double>();
        at::Tensor first;
        for (const auto order : allOrders) {
            const EmulatedKernels kernels(order);
            const at::Tensor norm = normOfTensors(TensorTable({tensors}));
            QVERIFY(isSummedInFloat(norm, at::scalar_tensor(std::sqrt(squares), at::kDouble)));
            if (!first.defined())
                first = norm;
            QVERIFY(norm.equal(first)); // the same bits in every order of threads
        }
    }

    void limits() {
        for (const auto order : allOrders) {
            const EmulatedKernels kernels(order);
            const std::vector<at::Tensor> tensors = randomTensors();
            const std::vector<at::Tensor> before = copies(tensors);
            const TensorTable table({tensors});
            limitTensors(table, at::scalar_tensor(4, at::kFloat), 5);
            for (std::size_t i = 0; i < tensors.size(); ++i)
                QVERIFY(tensors[i].equal(before[i]));
            limitTensors(table, at::scalar_tensor(4, at::kFloat), 3);
            for (std::size_t i = 0; i < tensors.size(); ++i)
                QVERIFY(at::allclose(tensors[i], before[i] * (3 / (4 + 1e-6)), 1e-6, 0));
        }
    }

    void keepsNotANumber() {
        const EmulatedKernels kernels(EmulatedBlock::Order::Forward);
        const std::vector<at::Tensor> tensors = randomTensors();
        tensors[3][50] = notANumber;
        const TensorTable table({tensors});
        const at::Tensor norm = normOfTensors(table);
        QVERIFY(norm.isnan().item<bool>());
        limitTensors(table, norm, 1);
        QVERIFY(tensors[0].isnan().all().item<bool>());
    }

    void refusesWhatKernelsCannotRead() {
        const at::Tensor x = at::zeros({4, 6});
        QVERIFY(fitTable({x, x.t()}));
        QVERIFY(!fitTable({}));
        QVERIFY(!fitTable({x, at::Tensor()}));
        QVERIFY(!fitTable({x, x.to(at::kDouble)}));
        QVERIFY(!fitTable({x, x.narrow(1, 0, 2)}));
        QVERIFY_THROWS_EXCEPTION(c10::Error, TensorTable({{x}, {x.narrow(0, 0, 2)}}));
    }
};

HEADROOM_TEST_MAIN(TestManyTensors)
#include "tst_many_tensors.moc"
