// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
#include "core/engine/read_shelf.h"
#include "core/engine/services.h"
#include "core/weights/torch_archive_writer.h"
#include "tests/core/engine/tiny_weights.h"
#include "tests/support/answers.h"
#include "tests/support/strict_main.h"

#include <QTemporaryDir>

#include <fstream>

using namespace headroom;
namespace fs = std::filesystem;

namespace {

RunConfig roformer() {
    RunConfig config = test::tinyConfig();
    changeModelKind(config, ModelKind::BsRoformer);
    config.model.heads = 2;
    config.model.dimHead = 8;
    config.data.targets = {"drums", "bass"};
    return config;
}

TensorMap tensorsOf(const RunConfig& config) {
    return test::tensorsOf(BandSplitModel(modelShape(config), at::kCPU, at::kFloat, 1));
}

} // namespace

class TestReadShelf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        fs::remove_all(shelf());
        fs::create_directories(shelf() / "kim");
    }
    void listsWeights() {
        writeSafetensors((shelf() / "b.safetensors").string(), tensorsOf(test::tinyConfig()),
                         {{"license", "MIT"}});
        writeTorchArchive((shelf() / "a.CKPT").string(), tensorsOf(roformer()), TorchLayout::StateDict);
        std::ofstream(shelf() / "notes.txt") << "no weights";
        const ModelShelf listed = readShelf(shelf().string());
        QCOMPARE(listed.models.size(), std::size_t{2});
        const ShelfModel& a = listed.models[0];
        QCOMPARE(a.name, std::string("a"));
        QCOMPARE(a.kind, std::string("BS-RoFormer"));
        QCOMPARE(a.stems, (std::vector<std::string>{"vocals", "other"})); // assumed
        QCOMPARE(a.license, std::string("not stated"));
        QCOMPARE(a.bytes, std::uint64_t{fs::file_size(shelf() / "a.CKPT")});
        QVERIFY2(a.problem.empty(), a.problem.c_str());
        const ShelfModel& b = listed.models[1];
        QVERIFY(b.kind == "BSMamba2" && b.license == "MIT" && b.problem.empty() && b.config.empty());
    }
    void takesTheConfigurationBesideAFile() {
        const std::string yaml = dumpConfig(roformer());
        fs::create_directories(shelf() / "alone");
        for (const char* name : {"one.ckpt", "kim/two.ckpt", "kim/three.pth", "alone/four.pt"})
            writeTorchArchive((shelf() / name).string(), tensorsOf(roformer()), TorchLayout::StateDict);
        std::ofstream(shelf() / "one.yaml") << yaml;
        std::ofstream(shelf() / "config.yaml") << "of nothing in this folder";
        std::ofstream(shelf() / "kim/config.yaml") << "of one of two files";
        std::ofstream(shelf() / "alone/config.yaml") << yaml;
        std::ofstream(shelf() / "kim/three.yml") << "model: {kind: bs_mamba2}";
        const ModelShelf listed = readShelf(shelf().string());
        QCOMPARE(listed.models.size(), std::size_t{4});
        const ShelfModel& three = listed.models[1];
        QCOMPARE(three.name, std::string("kim/three"));
        QVERIFY2(three.problem.find("these are the weights of a BS-RoFormer") != std::string::npos,
                 three.problem.c_str());
        QCOMPARE(listed.models[0].config, (shelf() / "alone/config.yaml").string());
        QVERIFY(listed.models[2].config.empty());
        QCOMPARE(listed.models[3].config, (shelf() / "one.yaml").string());
        for (const std::size_t i : {std::size_t{0}, std::size_t{3}})
            QCOMPARE(listed.models[i].stems, (std::vector<std::string>{"drums", "bass"}));
    }
    void filesThatDifferInTheirExtensionHaveIt() {
        for (const char* name : {"one.ckpt", "one.pth", "two.pth"})
            writeTorchArchive((shelf() / name).string(), tensorsOf(roformer()), TorchLayout::StateDict);
        std::vector<std::string> names;
        for (const ShelfModel& model : readShelf(shelf().string()).models)
            names.push_back(model.name);
        QCOMPARE(names, (std::vector<std::string>{"one.ckpt", "one.pth", "two"}));
    }
    void aBrokenFileCostsOneLine() {
        test::writeTinyWeights(shelf() / "good.safetensors");
        test::writeTinyWeights(shelf() / "torn.safetensors");
        fs::resize_file(shelf() / "torn.safetensors", 1000);
        std::ofstream(shelf() / "page.ckpt") << "<!doctype html>";
        writeSafetensors((shelf() / "other.safetensors").string(), {{"lstm.weight", at::zeros({2})}});
        const ModelShelf listed = readShelf(shelf().string());
        QCOMPARE(listed.models.size(), std::size_t{4});
        QVERIFY(listed.models[0].problem.empty());
        QVERIFY(listed.models[1].problem.find("lstm.weight") != std::string::npos);
        QVERIFY(listed.models[2].problem.find("web page") != std::string::npos);
        QVERIFY(listed.models[3].problem.find("torn.safetensors") != std::string::npos);
    }
    void followsNoLinksToFolders() {
        test::writeTinyWeights(shelf() / "kim/good.safetensors");
        fs::create_directory_symlink(shelf(), shelf() / "kim/loop");
        fs::create_symlink("good.safetensors", shelf() / "kim/linked.safetensors");
        fs::create_symlink("itself.pt", shelf() / "itself.pt");
        fs::create_directories(shelf() / "1/2/3/4");
        test::writeTinyWeights(shelf() / "1/2/3/deep.safetensors");
        test::writeTinyWeights(shelf() / "1/2/3/4/deeper.safetensors");
        const ModelShelf listed = readShelf(shelf().string());
        std::vector<std::string> names;
        for (const ShelfModel& model : listed.models)
            names.push_back(model.name);
        QCOMPARE(names, (std::vector<std::string>{"1/2/3/deep", "kim/good", "kim/linked"}));
    }
    void aMissingFolderIsEmpty() { QVERIFY(readShelf((shelf() / "nowhere").string()).models.empty()); }
    void theServiceListsTheFolderOfTheUser() {
        qputenv("XDG_DATA_HOME", folder_.path().toUtf8());
        QCOMPARE(shelfFolder(), shelf().string());
        test::writeTinyWeights(shelf() / "mine.safetensors");
        test::Answers<ModelShelf> answers;
        const auto service = makeListeningService();
        service->listModels(7, answers.sink());
        const ModelShelf listed = *answers.awaitOne();
        QCOMPARE(listed.number, std::uint64_t{7});
        QCOMPARE(listed.models.size(), std::size_t{1});
        qputenv("XDG_DATA_HOME", "not/absolute");
        qputenv("HOME", "/home/someone");
        QCOMPARE(shelfFolder(), std::string("/home/someone/.local/share/headroom/models"));
    }

private:
    fs::path shelf() const { return fs::path(folder_.path().toStdString()) / "headroom/models"; }
    QTemporaryDir folder_;
};

HEADROOM_TEST_MAIN(TestReadShelf)
#include "tst_read_shelf.moc"
