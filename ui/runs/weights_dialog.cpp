// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runs/weights_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace headroom::ui {
namespace {

/// Of the file, or of the folder for MSST.
QString endingOf(ExportFormat format) {
    switch (format) {
    case ExportFormat::Safetensors:
        return QStringLiteral(".safetensors");
    case ExportFormat::Pt:
        return QStringLiteral(".pt");
    case ExportFormat::Lightning:
        return QStringLiteral(".ckpt");
    case ExportFormat::Msst:
        break;
    }
    return QStringLiteral("-msst");
}

} // namespace

WeightsDialog::WeightsDialog(const QString& run, QWidget* parent)
    : QDialog(parent), run_(run), format_(new QComboBox), path_(new QLineEdit),
      overwrite_(new QCheckBox(tr("Overwrite existing files"))) {
    setWindowTitle(tr("Export weights"));
    const auto add = [this](const QString& title, ExportFormat format) {
        format_->addItem(title, static_cast<int>(format));
    };
    add(tr("MSST: a folder with model.ckpt and config.yaml"), ExportFormat::Msst);
    add(tr("Safetensors"), ExportFormat::Safetensors);
    add(tr("PyTorch state dict"), ExportFormat::Pt);
    add(tr("PyTorch Lightning checkpoint"), ExportFormat::Lightning);
    format_->setAccessibleName(tr("Format"));
    path_->setAccessibleName(tr("File or folder"));
    path_->setMinimumWidth(fontMetrics().averageCharWidth() * 60);

    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, &WeightsDialog::choosePath);
    auto* place = new QHBoxLayout;
    place->addWidget(path_, 1);
    place->addWidget(browse);
    auto* form = new QFormLayout;
    form->addRow(tr("Format"), format_);
    form->addRow(tr("File or folder"), place);
    form->addRow(QString(), overwrite_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    write_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    write_->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);

    connect(format_, &QComboBox::currentIndexChanged, this, [this] { path_->setText(suggestedPath()); });
    connect(path_, &QLineEdit::textChanged, this, &WeightsDialog::refresh);
    path_->setText(suggestedPath());
}

ExportFormat WeightsDialog::format() const {
    return static_cast<ExportFormat>(format_->currentData().toInt());
}

/// In the folder that was chosen last.
QString WeightsDialog::suggestedPath() const {
    QString folder = QFileInfo(path_->text()).path();
    if (path_->text().isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(folder).isDir())
        folder = QDir::homePath();
    return QDir(folder).filePath(QFileInfo(run_).fileName() + endingOf(format()));
}

void WeightsDialog::choosePath() {
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Export weights"), path_->text(), {},
                                                        nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        path_->setText(chosen);
}

void WeightsDialog::refresh() {
    write_->setEnabled(QDir::isAbsolutePath(path_->text()));
}

ExportRequest WeightsDialog::request() const {
    return {.run = run_.toStdString(),
            .format = format(),
            .output = path_->text().toStdString(),
            .overwrite = overwrite_->isChecked()};
}

} // namespace headroom::ui
