// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/weights/torch_archive.h"
#include "core/weights/torch_archive_writer.h"
#include "tests/support/strict_main.h"
#include "tests/support/torch_python.h"

#include <ATen/ATen.h>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace headroom;

namespace {

TensorMap someTensors() {
    TensorMap tensors = {{"a.weight", at::arange(6, at::kFloat).view({2, 3})},
                         {"a.bias", at::full({3}, 0.1).to(at::kHalf)},
                         {"b.transposed", at::arange(12, at::kDouble).view({3, 4}).t()},
                         {"b.c.scalar", at::scalar_tensor(2.5, at::kFloat)},
                         {"b.empty", at::empty({0, 4})},
                         {"d.\xed\x95\x9c", at::ones({1})}};
    for (int i = 0; i < 1500; ++i) // more than torch.save puts into one instruction
        tensors["many." + std::to_string(i)] = at::full({1}, i).to(at::kFloat);
    return tensors;
}

void compare(const TensorMap& read, const TensorMap& expected) {
    QCOMPARE(read.size(), expected.size());
    for (const auto& [name, tensor] : expected) {
        QVERIFY2(read.contains(name), name.c_str());
        QVERIFY2(read.at(name).scalar_type() == at::kFloat && at::equal(read.at(name), tensor.to(at::kFloat)),
                 name.c_str());
    }
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

class TestTorchArchiveWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ownReaderReadsIt() {
        writeTorchArchive(path(), someTensors(), TorchLayout::StateDict);
        compare(readTorchArchive(path()).tensors, someTensors());
        writeTorchArchive(path(), {{"a", at::ones({2})}}, TorchLayout::Lightning);
        const TorchArchive lightning = readTorchArchive(path());
        QCOMPARE(lightning.set, std::string("state_dict"));
        compare(lightning.tensors, {{"model.a", at::ones({2})}});
    }
    void torchLoadsIt_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("state dict") << QStringList();
        QTest::newRow("lightning") << QStringList{"state_dict", "model."};
    }
    void torchLoadsIt() {
        QFETCH(const QStringList, arguments);
        if (!test::hasTorchPython())
            QSKIP("there is no Python with PyTorch beside LibTorch");
        writeTorchArchive(path(), someTensors(),
                          arguments.isEmpty() ? TorchLayout::StateDict : TorchLayout::Lightning);
        const QString saved = folder_.filePath("saved.pt");
        const QString printed =
            test::runTorchPython(QStringList{HEADROOM_SOURCE_DIR "/tests/core/weights/load_archive.py",
                                             QString::fromStdString(path()), saved} +
                                 arguments);
        QVERIFY2(printed.contains("All keys matched"), qPrintable(printed));
        compare(readTorchArchive(saved.toStdString()).tensors, someTensors());
    }
    void equalTensorsGiveEqualBytes() {
        writeTorchArchive(path(), someTensors(), TorchLayout::StateDict);
        const std::string first = bytesOf(path());
        writeTorchArchive(path(), someTensors(), TorchLayout::StateDict);
        QVERIFY(first == bytesOf(path()));
    }
    void leavesNothingBehindOnFailure() {
        const std::string missing = folder_.filePath("no/such/folder.pt").toStdString();
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchArchive(missing, someTensors(), TorchLayout::StateDict));
        try {
            writeTorchArchive("/dev/full", someTensors(), TorchLayout::StateDict);
            QFAIL("written to a device");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
        }
    }

private:
    std::string path() const { return folder_.filePath("weights.pt").toStdString(); }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestTorchArchiveWriter)
#include "tst_torch_archive_writer.moc"
