#include "ui/listen/export_dialog.h"

#include "ui/listen/lane.h"
#include "ui/widgets/number_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace headroom::ui {

ExportDialog::ExportDialog(const SeparationRequest& request, const std::vector<std::string>& stems,
                           QWidget* parent)
    : QDialog(parent), request_(request), folder_(new QLineEdit), format_(new QComboBox),
      subtype_(new QComboBox), chunk_(new NumberBox(0, 120, false)), overlap_(new NumberBox(-1, 90, true)),
      overwrite_(new QCheckBox(tr("Replace files that are there"))) {
    setWindowTitle(tr("Export stems"));
    auto* choices = new QVBoxLayout;
    std::vector<std::string> offered = stems;
    offered.emplace_back("rest");
    for (const std::string& stem : offered) {
        auto* box =
            new QCheckBox(stem == "rest" ? tr("Rest: the input without the stems written") : stemTitle(stem));
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
        choices->addWidget(box);
        stems_.emplace_back(stem, box);
    }
    const QString music = QStandardPaths::writableLocation(QStandardPaths::MusicLocation);
    folder_->setText(QDir(music.isEmpty() ? QDir::homePath() : music).filePath(QStringLiteral("stems")));
    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString chosen =
            QFileDialog::getExistingDirectory(this, tr("Folder for the stems"), folder_->text());
        if (!chosen.isEmpty())
            folder_->setText(chosen);
    });
    auto* place = new QHBoxLayout;
    place->addWidget(folder_, 1);
    place->addWidget(browse);
    format_->addItem(tr("WAV"), QStringLiteral("wav"));
    format_->addItem(tr("FLAC"), QStringLiteral("flac"));
    // Each one's least value stands for none.
    chunk_->setSuffix(tr(" s"));
    chunk_->setSpecialValueText(tr("as in the setting of the run"));
    chunk_->setToolTip(tr("What the model is given at once: more takes more memory"));
    overlap_->setSuffix(tr(" %"));
    overlap_->setSpecialValueText(tr("as in the setting of the run"));
    overlap_->setToolTip(
        tr("Share of a chunk that the next one covers again: more takes longer and sounds smoother"));
    overlap_->setValue(overlap_->minimum());
    auto* form = new QFormLayout;
    form->addRow(tr("Stems"), choices);
    form->addRow(tr("Folder"), place);
    form->addRow(tr("Format"), format_);
    form->addRow(tr("Samples"), subtype_);
    form->addRow(tr("Chunk"), chunk_);
    form->addRow(tr("Overlap"), overlap_);
    form->addRow(QString(), overwrite_);
    folder_->setAccessibleName(tr("Folder"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    write_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    write_->setProperty("primary", true);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(folder_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    refresh();
}

void ExportDialog::refresh() {
    const bool isFlac = format_->currentData() == QStringLiteral("flac");
    if ((subtype_->findData(QStringLiteral("FLOAT")) >= 0) == isFlac || subtype_->count() == 0) {
        subtype_->clear();
        if (!isFlac)
            subtype_->addItem(tr("32 bit float"), QStringLiteral("FLOAT"));
        subtype_->addItem(tr("24 bit"), QStringLiteral("PCM_24"));
        subtype_->addItem(tr("16 bit"), QStringLiteral("PCM_16"));
    }
    const bool any = std::ranges::any_of(stems_, [](const auto& stem) { return stem.second->isChecked(); });
    write_->setEnabled(any && !folder_->text().isEmpty());
}

SeparationRequest ExportDialog::request() const {
    SeparationRequest request = request_;
    request.outputFolder = folder_->text().toStdString();
    request.format = format_->currentData().toString().toStdString();
    request.subtype = subtype_->currentData().toString().toStdString();
    if (chunk_->value() > 0)
        request.model.chunkSeconds = chunk_->value();
    if (overlap_->value() >= 0)
        request.model.overlap = overlap_->value() / 100.0;
    request.overwrite = overwrite_->isChecked();
    request.stems.clear();
    for (const auto& [stem, box] : stems_) {
        if (box->isChecked())
            request.stems.push_back(stem);
    }
    return request;
}

} // namespace headroom::ui
