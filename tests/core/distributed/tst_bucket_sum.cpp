// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/bucket_sum.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <vector>

using namespace headroom;

namespace {

/// Tensors of these sizes with different elements everywhere.
std::vector<at::Tensor> tensorsOf(const std::vector<std::vector<std::int64_t>>& sizes) {
    std::vector<at::Tensor> tensors;
    double first = 1;
    for (const auto& size : sizes) {
        at::Tensor tensor = at::empty(size, at::kFloat);
        tensor.view({-1}).copy_(at::arange(first, first + static_cast<double>(tensor.numel())));
        first += 1000;
        tensors.push_back(tensor);
    }
    return tensors;
}

constexpr std::int64_t elementBytes = 4;

} // namespace

class TestBucketSum : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sumsEveryElementOnce_data() {
        QTest::addColumn<int>("elements");
        for (const int elements : {1, 2, 5, 7, 24, 100})
            QTest::addRow("bucket of %d", elements) << elements;
    }
    void sumsEveryElementOnce() {
        QFETCH(int, elements);
        const auto tensors = tensorsOf({{2, 3}, {}, {7}, {1, 5, 2}});
        std::vector<at::Tensor> before;
        for (const at::Tensor& tensor : tensors)
            before.push_back(tensor.clone());
        std::vector<std::int64_t> counts;
        BucketSum(tensors, elements * elementBytes).run([&](const at::Tensor& bucket) {
            QVERIFY(bucket.is_contiguous());
            counts.push_back(bucket.numel());
            bucket.mul_(3); // as if three ranks had the same
        });
        for (std::size_t i = 0; i < tensors.size(); ++i)
            QVERIFY(at::equal(tensors[i], before[i] * 3));
        // All buckets are full but the last.
        const int all = 24;
        QCOMPARE(std::ssize(counts), (all + elements - 1) / elements);
        for (std::size_t i = 0; i + 1 < counts.size(); ++i)
            QCOMPARE(counts[i], std::int64_t{elements});
    }

    void bucketIsNotLargerThanItsTensors() {
        std::int64_t largest = 0;
        BucketSum(tensorsOf({{10}})).run([&](const at::Tensor& bucket) {
            largest = static_cast<std::int64_t>(bucket.storage().nbytes());
        });
        QCOMPARE(largest, 10 * elementBytes);
    }

    void refusesTensorsWithGaps() {
        const at::Tensor transposed = at::ones({3, 2}).t();
        QVERIFY_THROWS_EXCEPTION(std::exception, BucketSum({transposed}));
    }
};

HEADROOM_TEST_MAIN(TestBucketSum)
#include "tst_bucket_sum.moc"
